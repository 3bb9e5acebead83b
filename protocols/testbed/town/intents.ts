/** What somebody may have meant by what they wrote: a few guesses, the surest first. */
import { fileIn } from '../network/shelf.ts';

export const intents = [
  'greeting',
  'farewell',
  'thanks',
  'sorry',
  'laughter',
  'how-are-you',
  'affection',
  'meeting',
  'shouting',
  'file',
  'link',
  'pictures-only',
  'other-script',
  'question-where',
  'question-when',
  'question-who',
  'question-why',
  'question',
  'yes',
  'no',
  'long',
  'statement',
] as const;
export type Intent = (typeof intents)[number];

type Sign = readonly [Intent, (text: string) => boolean];

const says = (intent: Intent, pattern: RegExp): Sign => [intent, (text) => pattern.test(text)];

/** In order: the first that fits is meant. */
const signs: readonly Sign[] = [
  ['file', (text) => fileIn(text) !== undefined],
  says('link', /\bhttps?:\/\/\S/iu),
  ['pictures-only', (text) => /\p{Extended_Pictographic}/u.test(text) && !/[\p{L}\p{N}]/u.test(text)],
  says('how-are-you', /\bhow (?:are|r) (?:you|u|things)\b|\bhow(?:’|')?s it going\b|\bwie geht|\bça va\b/iu),
  says('thanks', /\b(?:thanks?|thank you|thx|merci|danke|grazie|gracias)\b|شكر|ありがと|дяку|감사/iu),
  says('sorry', /\b(?:sorry|my fault|apolog\w*|pardon)\b/iu),
  says('farewell', /\b(?:bye|good ?night|see you|see ya|ciao for now|tschüss|until tomorrow)\b/iu),
  says('affection', /\b(?:love|miss) (?:you|u|it)\b|[❤💕🥰😘]/u),
  says('laughter', /\b(?:ha(?:ha)+|he(?:he)+|lol|lmao)\b|[😂🤣😆]/iu),
  says(
    'meeting',
    /\b(?:meet|come over|join us|tonight|tomorrow|o’clock|o'clock|at (?:\d|noon)|lunch|supper|dinner)\b/iu,
  ),
  says('greeting', /^\W*(?:hi|hey|hello|hallo|salut|ciao|hola|good (?:morning|evening|day)|buongiorno|moin)\b/iu),
  ['shouting', (text) => (text.match(/\p{Lu}/gu)?.length ?? 0) > 8 && !/\p{Ll}/u.test(text)],
  ['other-script', (text) => letters(text, /\p{Script=Latin}/u) * 2 < letters(text, /\p{L}/u)],
  says('question-where', /\bwhere\b.*\?/isu),
  says('question-when', /\b(?:when|what time|how long)\b.*\?/isu),
  says('question-who', /\bwho(?:se|m)?\b.*\?/isu),
  says('question-why', /\bwhy\b.*\?/isu),
  ['question', (text) => /[?？؟]/u.test(text)],
  says('yes', /^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|fine|gladly|of course|ja|oui|sì)\W*$/iu),
  says('no', /^\W*(?:no|nope|never|not really|nein|non)\W*$/iu),
  ['long', (text) => text.length > 180],
];

export function intentOf(text: string): Intent {
  return signs.find(([, fits]) => fits(text))?.[0] ?? 'statement';
}

/** Words too common to be worth picking up. */
const plain = new Set(
  'about after again always because before being could every going great having maybe never other really right should since something still their there these thing think those though today under until where which while would yours about’s'.split(
    ' ',
  ),
);

/** The word somebody might pick up from what was said; undefined when there is none worth it. */
export function notableWord(text: string): string | undefined {
  const words = text.match(/[\p{L}][\p{L}’'-]{4,15}/gu) ?? [];
  const worth = words.filter((word) => !plain.has(word.toLowerCase()));
  return worth.toSorted((one, other) => other.length - one.length)[0]?.toLowerCase();
}

function letters(text: string, kind: RegExp): number {
  return [...text].filter((letter) => kind.test(letter)).length;
}
