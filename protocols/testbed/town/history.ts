/** What was said in the days before the demo begins. A table: how many days ago and at what time, or how many minutes ago. */
export type When = readonly [daysAgo: number, time: string] | number;

export interface Line {
  readonly when: When;
  readonly who: 'we' | 'they';
  readonly body: string;
  /** How it was put before it was corrected. */
  readonly was?: string;
  /** Still waits to be read when the account comes home. */
  readonly unread?: true;
}

const we = (when: When, body: string): Line => ({ when, who: 'we', body });
const they = (when: When, body: string): Line => ({ when, who: 'they', body });
const unread = (when: When, body: string): Line => ({ when, who: 'they', body, unread: true });

export const history: Readonly<Record<string, readonly Line[]>> = {
  'romeo@montague.testbed': [
    they([4, '21:02'], 'I am home. The moon followed me as far as the bakery and then turned off.'),
    we([4, '21:05'], 'It had to get up early. Did you remember the basket?'),
    they([4, '21:06'], 'I remembered that there is a basket.'),
    we([4, '21:06'], 'Romeo.'),
    they([4, '21:07'], 'It is having an adventure. I will fetch it from the wall tomorrow.'),
    they([3, '08:31'], 'Basket safe. A hedgehog has moved in, and I did not like to discuss rent.'),
    we([3, '08:40'], 'Leave it the apples, then. I wanted a smaller basket anyway.'),
    they([2, '17:31'], 'Are you at the window or am I waving at a curtain?'),
    we([2, '17:33'], 'Curtain. I am in the kitchen being shown how to fold napkins into swans.'),
    they([2, '17:34'], 'How many swans does a household need?'),
    we([2, '17:38'], 'Forty. Mine look like they have heard bad news.'),
    they([2, '17:41'], 'Keep me one of the sad ones.'),
    we(
      [1, '18:12'],
      'I wrote the lamp a rule, so that you can tell from the road:\n```\ndef lamp(window):\n    if window.moon and not aunt_at_home():\n        return "lit"\n```',
    ),
    they([1, '18:15'], 'I read that three times and understood “lit”. That is enough for me.'),
    they([1, '18:16'], 'Layla taught me to say it properly: تصبحين على خير'),
    they([1, '18:16'], 'And Mizuki: おやすみなさい'),
    we([1, '18:20'], 'Good night in every language you can carry. Mind the third step.'),
    they(55, 'I minded the third step. The fourth one got me.'),
    we(51, 'Is anything broken?'),
    { ...they(50, 'One dignity, slightly.'), was: 'One dignity, lightly.' },
  ],
  'nurse@capulet.testbed': [
    they([3, '19:30'], 'Who put the good lantern in the henhouse?'),
    we([3, '19:44'], 'It gives them a sense of occasion.'),
    they([3, '19:45'], 'They have laid nine. I take it back, leave it there.'),
    they([1, '20:58'], 'Is the garden door on the latch?'),
    we([1, '21:00'], 'Why do you ask?'),
    they([1, '21:01'], 'Because I am in the garden and it is not.'),
    we([1, '21:01'], 'Coming!!'),
    they([1, '21:09'], 'It was a nice evening, I looked at the beans. Do not run on those stairs.'),
    unread(26, 'Child, your mother asks how many swans there are now.'),
    unread(25, 'I said thirty-eight and looked at the ceiling. So now you know what to say.'),
  ],
  'benvolio@montague.testbed': [
    we([2, '12:10'], 'Could you lend me your bicycle for an hour?'),
    they([2, '12:18'], 'I could lend you most of it.'),
    they([2, '12:19'], 'The front is at the smith’s, the bell is on the cat.'),
    we([2, '12:25'], 'Then I take the bell.'),
    they(
      [1, '16:05'],
      'I passed by the sycamores. Somebody has carved an R into one of them. And then a question mark.',
    ),
  ],
  'laurence@cell.testbed': [
    we([4, '10:02'], 'Do you have anything against a cold that is mostly self-pity?'),
    they([4, '11:15'], 'Thyme, honey, and someone who listens. The first two are on your doorstep.'),
    we([4, '11:40'], 'And the third?'),
    they([4, '11:41'], 'Is on the way with a cake. Act surprised.'),
  ],
  'mizuki@kyoto.testbed': [
    they([2, '14:20'], '舞台の月、直径二メートルで足りますか？'),
    they([2, '14:21'], 'Two metres of moon, is it enough?'),
    we([2, '14:30'], 'Enough for one balcony and a half. It is lovely.'),
    they([2, '14:31'], 'よかった！ Then I stop sawing.'),
  ],
  'beatrice@messina.testbed': [
    they([1, '13:00'], 'I move that rehearsals begin with biscuits.'),
    we([1, '13:02'], 'Seconded.'),
    they([1, '13:02'], 'Then I oppose it, or there is no debate.'),
    unread(70, 'The vote on biscuits is tied, one to one, and I am both. We need you.'),
  ],
  'imelda@capulet.testbed': [
    they([3, '16:00'], 'IS THIS THE TELEPHONE OR THE OTHER ONE'),
    we([3, '16:04'], 'The other one, auntie. You are doing very well.'),
    they([3, '16:30'], 'I KNOW'),
  ],
  'ngozi@globe.testbed': [
    we([2, '09:12'], 'How is the forest?'),
    they([2, '09:30'], 'Eleven trees and a shrub with ambition.'),
    they([1, '17:45'], 'Someone leaned on tree five. It now has a very fine portrait of a sleeve.'),
    we([1, '17:50'], 'That was me. I wondered why people looked.'),
    they([1, '17:51'], 'Keep the coat. It belongs to the play now.'),
  ],
  'quince@globe.testbed': [
    they([1, '22:10'], 'I cut the thunder, kept the sheep. Trust me.'),
    we([1, '22:14'], 'I trust you. I do not trust the sheep.'),
    unread(40, 'The sheep has a line now. Please be kind when you read it.'),
  ],
};
