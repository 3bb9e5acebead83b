/**
 * The stages a message passes. 'transform' and 'decorate' come before the store, so that what is stored is what is shown and,
 * outgoing, what is sent; 'announce' comes after it. Stages run in the order they were added.
 */
import { type Disposable, disposable } from '../base/index.ts';
import type { MessagePipeline, PipelineStage, Stage } from '../contracts/index.ts';
import type { Message } from '../domain/index.ts';

type Passed = Message | undefined;

export class Pipeline implements MessagePipeline {
  readonly #stages = new Map<PipelineStage, readonly Stage[]>();

  add(stage: Stage): Disposable {
    this.#stages.set(stage.at, [...this.#at(stage.at), stage]);
    return disposable(() =>
      this.#stages.set(
        stage.at,
        this.#at(stage.at).filter((other) => other !== stage),
      ),
    );
  }

  /** Those that were not ended by a stage, in their order. A promise only when a stage took time: the common case takes no turn. */
  pass(
    messages: readonly Message[],
    ...at: readonly PipelineStage[]
  ): readonly Message[] | Promise<readonly Message[]> {
    const stages = at.flatMap((name) => this.#at(name));
    if (stages.length === 0) return messages;
    const passed = messages.map((message) => through(stages, message));
    const there = (message: Passed): message is Message => message !== undefined;
    if (passed.every((one) => !(one instanceof Promise))) return (passed as Passed[]).filter(there);
    return Promise.all(passed).then((all) => all.filter(there));
  }

  #at(name: PipelineStage): readonly Stage[] {
    return this.#stages.get(name) ?? [];
  }
}

function through(stages: readonly Stage[], message: Message): Passed | Promise<Passed> {
  const [stage, ...rest] = stages;
  if (stage === undefined) return message;
  const result = stage.run(message);
  const onwards = (passed: Passed): Passed | Promise<Passed> =>
    passed === undefined ? undefined : through(rest, asItself(message, passed));
  return result instanceof Promise ? result.then(onwards) : onwards(result);
}

/** A stage may change what a message says, never which message it is: else a repeat would not be recognised. */
function asItself(before: Message, after: Message): Message {
  const { id, account, target, direction, from, origin, archive, occupant, replaces } = before;
  return {
    ...after,
    id,
    account,
    target,
    direction,
    from,
    ...(origin === undefined ? {} : { origin }),
    ...(archive === undefined ? {} : { archive }),
    ...(occupant === undefined ? {} : { occupant }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}
