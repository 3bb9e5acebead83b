/** What people say of their own accord: each entry once, its lines one after the other. A table. */
export const openers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'romeo@montague.testbed': [
    [
      'You are up! I can see your lamp from the wall.',
      'Shall I bring the ladder tonight, or has it been promoted to a bookshelf?',
    ],
    ['I learned a new word today and I have nowhere to put it: “gloaming”.'],
    ['Friar L. says hello. He also says I should stop pacing, the tiles are old.'],
    ['Quick, without thinking: figs or apricots?', 'It is for a stall. The stall is waiting.'],
    ['There is a fox on your garden wall. It looked at me as if I were the trespasser.'],
  ],
  'nurse@capulet.testbed': [
    ['The washing is in and nobody helped, I only mention it.'],
    ['Your blue shawl is missing again. Did you lend it to somebody with feathers?'],
    ['I have made too much soup.', 'That is not a complaint, that is an invitation.'],
    ['Is it true one can send a picture with this? I have a very good onion.'],
  ],
  'benvolio@montague.testbed': [
    ['The bicycle has one part more than before. Is that good?'],
    ['If Mercutio asks: I was never at the market, and the hat is not his.'],
    ['I found your umbrella! It was at my place the whole time. Sorry. It has seen the sea now.'],
  ],
  'laurence@cell.testbed': [
    ['The lavender is ready. One bag is yours, if you still sleep badly.'],
    ['Somebody left a verse under my door. The metre is yours, I think, the spelling is not.'],
  ],
  'mercutio@verona.testbed': [
    ['I have decided to play the storm as well as the sailor. Opinions?', 'Only the good ones.'],
    ['Question of taste: can a hat be too large?', 'The hat says no.'],
    ['I timed my entrance. Four seconds of silence, then laughter. I had not spoken yet.'],
    ['Who told Livia I can juggle? I must now learn to juggle.'],
  ],
  'layla@cordoba.testbed': [
    ['مساء الخير! وصلنا أخيرًا، والبرتقال هنا كما وعدتك.', 'I owe you a crate of oranges, it turns out.'],
    ['I found the book you wanted, second shelf from the sky. The seller would not climb, so I did.'],
  ],
  'mizuki@kyoto.testbed': [
    ['月の明かり、できました！', 'The moon works. It flickers at nine o’clock, but so does the real one.'],
    ['Could you hold a lamp for ten minutes on Thursday? お願いします。'],
    ['I counted the paper lanterns: eleven. We started with twelve. I suspect Peter.'],
  ],
  'beatrice@messina.testbed': [
    ['Settle something for us: is a tomato a witness or an accomplice?'],
    ['I wrote three endings. In two of them everybody apologises. Which would you pay for?'],
    ['Benedick has sent me a spreadsheet. I am choosing to read it as a love letter.'],
  ],
  'olena@rooftop.testbed': [
    ['Лелеки повернулися! The storks are back, and one of them is carrying somebody’s sock.'],
    ['From up here your street looks like a zip that somebody closed halfway.'],
  ],
  'balthasar@montague.testbed': [
    ['On the Mantua road. The dust says hello.'],
    ['The grey mare has eaten a letter. I hope it was not from you.'],
  ],
  'tybalt@capulet.testbed': [['Who moved my chair.'], ['Fine. It was me. I moved it in spring.']],
  'mamma@capulet.testbed': [
    ['Darling, if someone had to sit beside Uncle Fabio, someone strong, who would it be?'],
    ['Version nine of the seating plan has a gap. You are not the gap, are you?'],
  ],
  'papa@capulet.testbed': [
    ['Testing. Is this the one your mother reads?'],
    ['I have made the letters larger. Now I can see three of them.'],
  ],
  'livia@capulet.testbed': [
    ['EXAMS OVER', 'i slept eleven hours and woke up fluent in nothing'],
    ['do you still have the green boots?? asking for a puddle'],
    ['nurse says you never laughed at the onion. laugh at the onion. please. for all of us'],
  ],
  'imelda@capulet.testbed': [
    ['HELLO DEAR HOW DO I MAKE SMALL LETTERS'],
    ['A YOUNG MAN IN THE SQUARE CALLED ME A LEGEND. I HAVE INVITED HIM TO SUPPER.'],
  ],
  'peter@capulet.testbed': [
    ['I officially heard nothing. Unofficially: he rang twice.'],
    ['The lilacs are early and I would like it noted that I said so in March.'],
  ],
  'susanna@garden.testbed': [
    ['Swap you a jar of beans for a bit of news. Any news.'],
    ['Somebody has labelled every bed in Latin and one of them says “mystery”.'],
  ],
  'gregory@garden.testbed': [
    ['The wheelbarrow is free on Saturday, should you need to move anything heavy or anyone heavy.'],
  ],
  'andreas@garden.testbed': [
    ['Τα λεμόνια ωρίμασαν! I leave six at your gate, the ugly ones, they are the best.'],
    ['Is your drain singing as well, or is only mine happy?'],
  ],
  'potpan@kitchen.testbed': [
    ['Thirty-nine plates, forty guests. Somebody shares, or somebody sings for it.'],
    ['Taste question: rosemary in the shortbread. Brave or foolish?'],
  ],
  'ngozi@globe.testbed': [
    [
      'Tree 14 is done. It looks like our landlord. I did not plan this.',
      'Come and see before I lose my nerve and repaint it.',
    ],
    ['Do we own a ladder that is taller than our ambitions?'],
    ['I need an honest eye: is this green “enchanted” or “hospital”?'],
  ],
  'quince@globe.testbed': [
    ['Read-through moved to ten. I know. I also know you are reading this in your pyjamas.'],
    ['Page 31: could the lion knock before entering? It keeps waking the wall.'],
  ],
  'seoyeon@globe.testbed': [
    ['문 삐걱거리는 소리 녹음했어요! The squeaky door is finally squeaking in tune.'],
    ['Which rain do you want for the second act? I have gentle, insulted, and biblical.'],
  ],
  'hermia@globe.testbed': [
    ['Dimmer two lives again. I spoke to it the way you told me.'],
    ['Who has labelled a cable “do not ask”? I would like to ask.'],
  ],
  'dogberry@globe.testbed': [
    ['One key is missing from the board. I accuse nobody, alphabetically.'],
    ['A parcel for you, shaped like a trombone, marked “not a trombone”.'],
  ],
  'robin@globe.testbed': [
    ['got the glue! forgot what it was for! on my way!'],
    ['is it normal that the prop sword is sharper than the real one'],
  ],
};
