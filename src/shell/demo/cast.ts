/** Who lives on the demo's own server. A table. */

export interface Role {
  /** The part before the @. */
  readonly name: string;
  readonly alias: string;
  readonly group: string;
  readonly status: string;
  /** Said of their own accord, one after the other. */
  readonly openers: readonly string[];
  readonly replies: readonly string[];
}

/** The person who tries Kith. */
export const self = 'you';

export const cast: readonly Role[] = [
  {
    name: 'amy',
    alias: 'Amy Okafor',
    group: 'Friends',
    status: 'Repotting everything',
    openers: ['Morning! The fern survived the move.', 'Do you still have the long watering can?'],
    replies: ['Ha! Tell me more.', 'I was about to say the same.', 'Give me a minute, my hands are full of soil.'],
  },
  {
    name: 'bruno',
    alias: 'Bruno Salvi',
    group: 'Friends',
    status: 'On the slow train',
    openers: ['We have stopped in a field. The field is lovely.', 'Still the field. There is a heron now.'],
    replies: ['Tunnel! Say that again?', 'The conductor agrees with you.', 'Noted, with a view.'],
  },
  {
    name: 'chen',
    alias: 'Chen Wei',
    group: 'Work',
    status: 'Reviewing',
    openers: ['I left two remarks and one compliment on your draft.'],
    replies: ['Good. Ship it.', 'Could you put that into one sentence?', 'I will look after lunch.'],
  },
  {
    name: 'dagny',
    alias: 'Dagny Holm',
    group: 'Work',
    status: '',
    openers: ['The printer works. Nobody touch it.'],
    replies: ['Fine by me.', 'On it.', 'Ask me again on Thursday.'],
  },
  {
    name: 'eitan',
    alias: 'Eitan',
    group: 'Family',
    status: 'Cooking',
    openers: ['Six of us or seven on Friday?', 'שבת שלום, and bring the big pot.'],
    replies: ['Seven it is.', 'Grandmother wants to know too.', 'I knew you would say that.'],
  },
];
