import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Session } from '../session.ts';

/**
 * Makes sure that somebody wants what was just shown: `--yes` says so, else it is asked. Throws a CommandFailure when it is refused, or
 * when there is nobody to ask.
 */
export const confirmed = async (
  question: { readonly zh: string; readonly en: string },
  yes: boolean,
  session: Session,
): Promise<void> => {
  const { terminal, say } = session;
  if (yes) return;
  if (!terminal.canAsk)
    throw new CommandFailure({
      title: says('需要确认', 'It has to be confirmed'),
      cause: says('此处无人可问。未作任何更改。', 'There is nobody here to ask. Nothing was changed.'),
      cure: says('请加 --yes。', 'Add --yes.'),
      exitCode: 2,
    });
  const answer = await terminal.ask(`${say(question)} `);
  if (/^(?:y|yes|是|是的|确认)$/iu.test(answer.trim())) return;
  throw new CommandFailure({
    title: says('未确认', 'Not confirmed'),
    cause: says('未作任何更改。', 'Nothing was changed.'),
    cure: says('需要时请再次执行并回答 yes。', 'Give the command again and answer yes when it is wanted.'),
  });
};
