/** What people answer, when they have no words of their own for it. `{word}` is something the other said; lines are bubbles. A table. */
import type { Intent } from './intents.ts';

export const replies: Readonly<Record<Intent, readonly (readonly string[])[]>> = {
  greeting: [
    ['There you are! I was just about to write.'],
    ['Hello, you. What is the weather doing at your end?'],
    ['Good timing, the kettle has just made up its mind.'],
    ['Hey! Say something interesting before I have to go back to work.'],
    ['Hello hello.', 'I can hear the bells from here, can you?'],
  ],
  farewell: [
    ['Sleep well. Leave the window as it is.'],
    ['Off with you, then. Same bench tomorrow?'],
    ['Good night! I shall be awake anyway, someone has to.'],
    ['Until later. Mind the third step.'],
  ],
  thanks: [
    ['Any time. Well, any time after nine.'],
    ['You would do the same. You did, in fact, in April.'],
    ['Don’t mention it. Mention it to my mother, she keeps a list.'],
    ['A pleasure, truly.'],
  ],
  sorry: [
    ['Forgotten already. What was it?'],
    ['Oh, don’t. I once lost a whole piano.'],
    ['All is well between us. It takes more than that.'],
  ],
  laughter: [
    ['I knew that would get you.'],
    ['Stop, I am in a library.'],
    ['It was worse when it happened, believe me.', 'There was a goose.'],
    ['Good. That was the whole plan for today.'],
  ],
  'how-are-you': [
    ['Better since the rain stopped. You?'],
    ['Tired in the good way. Tell me about yours first.'],
    ['All four wheels on the road. And you, honestly?'],
    ['I have eaten a peach over the sink like a savage, so: very well.'],
  ],
  affection: [
    ['Well. Now I have to sit down for a minute.'],
    ['And I you, more than the good scissors.'],
    ['You say these things just when I have flour on both hands.'],
  ],
  meeting: [
    ['I can be there. Shall I bring anything, apart from opinions?'],
    ['Works for me, if somebody saves me the seat by the wall.'],
    ['Let me look… yes. In ink, even.'],
    ['Could it be half an hour later? I promised to feed somebody’s tortoise.'],
  ],
  shouting: [
    ['I HEARD THAT FROM HERE'],
    ['Easy, the pigeons have left.'],
    ['Are we shouting? I can shout. I would rather have tea.'],
  ],
  file: [
    ['It is here, whole, and not even creased.'],
    ['Thank you. I have put it beside the lantern, where I keep things that matter.'],
    ['Oh, that is good. May I show it to my aunt?', 'I am showing it to my aunt.'],
    ['Arrived. The pigeon looks proud of itself.'],
  ],
  link: [
    ['Opening it now. If it is the goat again, I am ready.'],
    ['Saved for tonight, my reading lamp likes an occasion.'],
    ['Oh, this looks good. Where did you find it?'],
  ],
  'pictures-only': [
    ['I am choosing to read that as good news.'],
    ['😄'],
    ['Very well put.'],
    ['My grandmother’s telegrams were longer, but not by much.'],
  ],
  'other-script': [
    ['I need a moment and a dictionary. It looks beautiful, though.'],
    ['Say it aloud to me when we meet, I want to hear how it sounds.'],
    ['I only got the middle of that. The middle is lovely.'],
  ],
  'question-where': [
    ['Last I saw, behind the stage door, next to the moon.'],
    ['By the well, as ever. Everything ends up by the well.'],
    ['If it is not on the second hook, ask Peter and look stern.'],
  ],
  'question-when': [
    ['After supper, I should think. Nobody decides anything before supper.'],
    ['Soon. Or Thursday. Thursdays are when things happen here.'],
    ['I wrote it on my hand and then washed up. Early evening?'],
  ],
  'question-who': [
    ['I name no names. It begins with M and owns that hat.'],
    ['Somebody tall, according to the cat’s expression.'],
    ['My money is on Mercutio. My money is always on Mercutio.'],
  ],
  'question-why': [
    ['I asked myself the same, and then the bread was burning.'],
    ['Honestly? Because nobody stopped us.'],
    ['There is a long answer and a true one. Which do you want?'],
  ],
  question: [
    ['Hm. Ask me again after coffee, but I lean towards yes.'],
    ['I would say so, though I said that about the boat as well.'],
    ['Let me find out. I know someone who knows someone’s aunt.'],
    ['What does your nose tell you? Mine is divided.'],
    ['About {word}? I would sleep on it once, not twice.'],
  ],
  yes: [
    ['Good. I shall tell the others before you change your mind.'],
    ['Settled, then.'],
    ['That was quick! I had three more arguments ready.'],
  ],
  no: [['Fair. I would not either, in those shoes.'], ['All right. The offer keeps.'], ['Not even with cake?']],
  long: [
    ['I read that twice, and it was worth it twice.', 'The part about {word} I want to hear again in person.'],
    ['Hold on, I am sitting down for this one.', 'All right. You did the right thing, I think. What happens next?'],
    ['That deserves a proper answer and I only have my left hand free. Tonight?'],
  ],
  statement: [
    ['Go on.'],
    ['I did not have {word} on my list for today, and now it is the best thing on it.'],
    ['Wait, {word}? Begin at the beginning.'],
    ['That sounds like you. I mean it kindly.'],
    ['I told the cat. The cat is thinking it over.'],
    ['You know what, I was about to say the very same, with more adjectives.'],
    ['Noted, underlined, and pinned to the larder door.'],
    ['And how do you feel about it, now that it is said?'],
    ['Ah. That explains the {word}.'],
  ],
};
