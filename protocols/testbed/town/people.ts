/** Who lives in the demo's town. A table: names, lists, and how they come and go. */
import type { Availability, Presence } from '../../../src/domain/index.ts';

export interface Sketch {
  /** The address. */
  readonly at: string;
  readonly alias: string;
  readonly groups: readonly string[];
  /** The first is how the day begins; afterwards they wander between all of them. */
  readonly moods: readonly Presence[];
  /** Who asks to be let in, and with what words; who has not answered us yet. */
  readonly asks?: string;
  readonly silent?: true;
}

const mood =
  (availability: Availability) =>
  (message = ''): Presence => ({ availability, status: availability, message });
const free = mood('available');
const away = mood('away');
const long = mood('extended-away');
const busy = mood('busy');
const gone = mood('offline');

/** What an account at home has in its list. */
export const neighbours: readonly Sketch[] = [
  {
    at: 'romeo@montague.testbed',
    alias: 'Romeo Montague',
    groups: ['Close'],
    moods: [free('Counting swifts from the wall'), free('Out of candles, full of plans'), away('Walking it off')],
  },
  {
    at: 'nurse@capulet.testbed',
    alias: 'Nurse',
    groups: ['Close'],
    moods: [away('Back before the bread is'), free('My knees say rain'), free('Ask me, I was there')],
  },
  {
    at: 'benvolio@montague.testbed',
    alias: 'Benvolio',
    groups: ['Close', 'Verona'],
    moods: [free('Mending a bicycle, badly'), free(), busy('Both hands in the chain')],
  },
  {
    at: 'laurence@cell.testbed',
    alias: 'Friar Laurence',
    groups: ['Close'],
    moods: [busy('Distilling. Knock twice.'), free('Tea is on'), away('Among the nettles')],
  },
  {
    at: 'mercutio@verona.testbed',
    alias: 'Mercutio',
    groups: ['Verona'],
    moods: [free('Rehearsing both parts'), free('Available for applause'), away('Being talked about elsewhere')],
  },
  {
    at: 'layla@cordoba.testbed',
    alias: 'ليلى الأندلسي',
    groups: ['Verona'],
    moods: [long('في الطريق إلى قرطبة'), free('القهوة جاهزة'), away('عند الخيّاط')],
  },
  {
    at: 'mizuki@kyoto.testbed',
    alias: '佐藤美月',
    groups: ['Verona', 'Rehearsal'],
    moods: [free('照明の準備中'), busy('はしごの上です'), away('お茶の時間')],
  },
  {
    at: 'beatrice@messina.testbed',
    alias: 'Beatrice Okonkwo',
    groups: ['Verona', 'Rehearsal'],
    moods: [free('Arguing on principle'), busy('Arguing on deadline'), free()],
  },
  {
    at: 'olena@rooftop.testbed',
    alias: 'Олена Шевчук',
    groups: ['Verona'],
    moods: [away('На даху, рахую лелек'), free('Повернулась'), free('Sketching chimneys')],
  },
  {
    at: 'balthasar@montague.testbed',
    alias: 'Balthasar',
    groups: ['Verona'],
    moods: [away('On the road, on the phone'), free('Horses fed'), gone()],
  },
  {
    at: 'tybalt@capulet.testbed',
    alias: 'Tybalt',
    groups: ['Verona', 'Family'],
    moods: [gone(), busy('Fencing until seven'), away()],
  },
  {
    at: 'paris@county.testbed',
    alias: 'County Paris',
    groups: ['Verona'],
    moods: [free('By appointment')],
    silent: true,
  },
  {
    at: 'rosaline@verona.testbed',
    alias: 'Rosaline',
    groups: [],
    moods: [free('Still an owl'), away()],
    asks: 'We shared a bench at the masked supper. I was the owl; you lent me your shawl and I still have it.',
  },
  {
    at: 'mamma@capulet.testbed',
    alias: 'Mamma',
    groups: ['Family'],
    moods: [busy('Seating plan, version nine'), free('Has anyone seen the good scissors'), away()],
  },
  {
    at: 'papa@capulet.testbed',
    alias: 'Papà',
    groups: ['Family'],
    moods: [gone(), free('How do I make this larger'), gone()],
  },
  {
    at: 'livia@capulet.testbed',
    alias: 'Cousin Livia',
    groups: ['Family'],
    moods: [free('Exams over!!'), free('Asleep with eyes open'), away('Swimming')],
  },
  {
    at: 'imelda@capulet.testbed',
    alias: 'Great-aunt Imelda',
    groups: ['Family'],
    moods: [long('WHERE IS THE BUTTON'), away('FOUND IT'), long('LOST IT AGAIN')],
  },
  {
    at: 'peter@capulet.testbed',
    alias: 'Peter',
    groups: ['Family', 'Garden club'],
    moods: [busy('Deaf until six'), free('Lilac inspector'), away('Watering')],
  },
  {
    at: 'susanna@garden.testbed',
    alias: 'Susanna Grindstone',
    groups: ['Garden club'],
    moods: [free('Swapping beans for gossip'), away('Compost'), free()],
  },
  {
    at: 'gregory@garden.testbed',
    alias: 'Gregory',
    groups: ['Garden club'],
    moods: [gone(), free('Has a wheelbarrow, will lend'), gone()],
  },
  {
    at: 'andreas@garden.testbed',
    alias: 'Ανδρέας Λεμονίδης',
    groups: ['Garden club'],
    moods: [free('Ποτίζω τα λεμόνια'), away('Σιέστα'), free()],
  },
  {
    at: 'potpan@kitchen.testbed',
    alias: 'Anthony Potpan',
    groups: ['Garden club', 'Rehearsal'],
    moods: [busy('Forty for supper'), free('Thirty-nine for supper'), away('Looking for the fortieth')],
  },
];

/** What an account at the theatre has in its list. */
export const company: readonly Sketch[] = [
  {
    at: 'ngozi@globe.testbed',
    alias: 'Ngozi Adeyemi',
    groups: ['Workshop'],
    moods: [free('Painting a forest, tree 14'), away('Paint drying'), busy('Do not touch the forest')],
  },
  {
    at: 'quince@globe.testbed',
    alias: 'Petra Quince',
    groups: ['Workshop'],
    moods: [busy('In the read-through'), free('Notes, so many notes'), away('Coffee, urgent')],
  },
  {
    at: 'seoyeon@globe.testbed',
    alias: '김서연',
    groups: ['Workshop', 'Sound and light'],
    moods: [free('음향 점검 중'), busy('쉿, 녹음 중'), away()],
  },
  {
    at: 'hermia@globe.testbed',
    alias: 'Hermia Lindqvist',
    groups: ['Sound and light'],
    moods: [away('På lunch'), free('Dimmer board 2 lives'), free()],
  },
  {
    at: 'dogberry@globe.testbed',
    alias: 'Constance Dogberry',
    groups: ['House'],
    moods: [free('Front desk. All keys accounted for'), busy('One key unaccounted for'), away()],
  },
  {
    at: 'robin@globe.testbed',
    alias: 'Robin (intern)',
    groups: ['House'],
    moods: [gone(), free('back in 40 min, literally'), away('errand within an errand')],
  },
];
