/** The words some people have of their own for something. Where they have none, `replies` speaks. A table. */
import type { Intent } from './intents.ts';

export const voices: Readonly<Record<string, Partial<Readonly<Record<Intent, readonly (readonly string[])[]>>>>> = {
  'romeo@montague.testbed': {
    greeting: [
      ['I was hoping the little light would turn green. It did.'],
      ['Hello! I have been composing that hello since noon.'],
    ],
    farewell: [
      ['Then I shall hum until tomorrow. Quietly. The neighbours have asked.'],
      ['Sleep. I keep the swifts company.'],
    ],
    affection: [['Say it again when I am not balancing on a wall.', 'No, say it now.']],
    meeting: [['Yes. Yes! What was the question?', 'Yes.'], ['I will be early, and pretend I just arrived.']],
    statement: [
      ['I have repeated “{word}” to Benvolio, and he has asked me to stop.'],
      ['You make even {word} sound like an evening out.'],
      ['I am writing that on the wall. Small. With chalk.'],
    ],
  },
  'nurse@capulet.testbed': {
    greeting: [['There she is. Have you eaten?'], ['Finally. I was talking to the kettle.']],
    'how-are-you': [
      ['At my age one does not ask, one counts. Everything still there.'],
      ['Knees poor, spirits high. Did you eat?'],
    ],
    thanks: [['Thank me with an empty plate.']],
    question: [['I know, but I promised not to say. Ask me nicely.'], ['Ask your mother. Then tell me what she said.']],
    long: [['Child, I have read novels shorter than that.', 'Come down, I have put the kettle on.']],
  },
  'mercutio@verona.testbed': {
    greeting: [['You may now look directly at me.'], ['Enter, stage left, a message. Hello!']],
    laughter: [['That laugh is mine, I am keeping it for the second act.']],
    sorry: [['Apology accepted, framed, and hung in the hall.']],
    statement: [
      ['I could do that line better, but not truer.'],
      ['“{word}”! A word to be thrown from a height. May I have it?'],
      ['Pause there. Let the gallery catch up.'],
    ],
  },
  'laurence@cell.testbed': {
    question: [
      ['Patience and a lid, in that order.'],
      ['The nettle knows, but it answers rudely. I should wait a day.'],
    ],
    statement: [['Mm. Slowly, and with honey.'], ['I shall consider {word} while I stir.']],
    sorry: [['Nothing to forgive. You did water the sage.']],
  },
  'layla@cordoba.testbed': {
    greeting: [['أهلًا وسهلًا!', 'How is everyone? I can smell oranges and I think of you all.']],
    thanks: [['عفوًا، على الرحب والسعة']],
    farewell: [['تصبحين على خير. Keep a window open for the news.']],
    'other-script': [['جميل جدًا! You have been practising.']],
  },
  'mizuki@kyoto.testbed': {
    greeting: [['こんばんは！', 'Good that you are here, I have a lamp question.']],
    thanks: [['どういたしまして 🌙']],
    'other-script': [['わあ、上手！', 'Your handwriting improves even when typed.']],
    meeting: [['はい！ I will bring the small ladder, the honest one.']],
  },
  'beatrice@messina.testbed': {
    no: [['Excellent. I had prepared to lose and now I need not.']],
    yes: [['You give in too soon, I was enjoying this.']],
    statement: [
      ['I disagree, in order to find out whether I do.'],
      ['Objection: {word} is hearsay. Overruled, by me. Continue.'],
    ],
  },
  'olena@rooftop.testbed': {
    greeting: [['Привіт! Wave towards the chimney with the hat.']],
    'other-script': [['О, як гарно! Ще раз, будь ласка.']],
  },
  'imelda@capulet.testbed': {
    greeting: [['HELLO DEAR. WHO IS THIS. NO WAIT I SEE IT']],
    question: [['I PRESSED YES AND NOW IT IS GREEN']],
    statement: [['VERY GOOD DEAR. I HAVE TOLD THE WHOLE TRAM.'], ['WHAT IS {word}. IS IT CONTAGIOUS']],
    shouting: [['WHY ARE WE SHOUTING DEAR']],
  },
  'livia@capulet.testbed': {
    greeting: [['HIIII']],
    laughter: [['i am on the FLOOR']],
    statement: [
      ['no way'],
      ['ok but {word}????', 'explain with gestures'],
      ['writing this into my memoirs, chapter “wet shoes”'],
    ],
  },
  'papa@capulet.testbed': {
    greeting: [['Hello. This is your father.']],
    question: [['Your mother will know. I am only the driver.']],
  },
  'andreas@garden.testbed': {
    greeting: [['Γεια σου! The lemons say hello as well.']],
    'other-script': [['Μπράβο! Now only the accent is missing, and the sun.']],
  },
  'seoyeon@globe.testbed': {
    greeting: [['안녕하세요! Headphones off, I am all ears.']],
    thanks: [['천만에요 ☺️']],
  },
  'hermia@globe.testbed': { greeting: [['Hej! Careful, cable.']], yes: [['Toppen.']] },
  'robin@globe.testbed': {
    greeting: [['hi!! sorry!! hi!!']],
    question: [['i can find out! i can ALWAYS find out!'], ['let me run and ask', 'ok i ran and nobody was there']],
    statement: [['wow ok'], ['should i be writing {word} down? i am writing it down']],
  },
};
