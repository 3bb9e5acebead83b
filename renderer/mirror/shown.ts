/**
 * What others, or who wrote down an account, chose as words: signs in it that turn the direction of writing are drawn, not
 * obeyed. Done once, where the words come in, so that no place that shows them can forget it.
 */
import type { Account, CertificateFacts, Person, Question } from '../../src/domain/index.ts';
import { beginning, nameShown, posesAsAnother } from '../look/names.ts';
import { plainly } from '../look/turning.ts';

/** The same person when nothing in it turns: ten thousand people are not copied. */
export function shownPerson(person: Person): Person {
  const addresses = person.contacts.map(({ contact }) => contact);
  const called = posesAsAnother(person.name, addresses) ? '' : person.name;
  const name = nameShown(called, addresses[0] ?? '');
  const message = plainly(beginning(person.presence.message));
  if (name === person.name && message === person.presence.message) return person;
  return { ...person, name, presence: { ...person.presence, message } };
}

export const shownAccount = (account: Account): Account => ({
  ...account,
  address: plainly(account.address),
  name: plainly(account.name),
});

export const shownQuestion = (question: Question): Question =>
  question.kind === 'certificate' ? { ...question, question: shownFacts(question.question) } : question;

const shownFacts = ({ reason, ...facts }: CertificateFacts): CertificateFacts => ({
  reason,
  domain: plainly(facts.domain),
  host: plainly(facts.host),
  subject: plainly(facts.subject),
  issuer: plainly(facts.issuer),
  validFrom: plainly(facts.validFrom),
  validTo: plainly(facts.validTo),
  fingerprint: plainly(facts.fingerprint),
});
