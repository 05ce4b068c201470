import type { Text } from '../contracts/problems.ts';
import type { ApplicationId } from '../domain/ids.ts';
import { type Check, type Chronicle, type Entry, openChronicle } from './chronicle.ts';
import type { Ending } from './steps.ts';
import type { World } from './world.ts';

/** A family's story: it makes everything it tells happen, and checks it. */
export interface Story {
  readonly id: string;
  readonly title: Text;
  /** Answers null when the story could not be told to its decision. Throws when the platform answers what cannot be gone on with. */
  readonly tell: (world: World, book: Chronicle, seed: number) => Promise<Ending | null>;
}

/** A story as it went. `whole` is false when a part was left out because time cannot be moved. */
export interface ToldStory {
  readonly story: Story;
  readonly ending: Ending | null;
  readonly entries: readonly Entry[];
  readonly checks: readonly Check[];
  /** The applications the story handed in. */
  readonly applications: readonly ApplicationId[];
  readonly whole: boolean;
}

export interface StoryListener {
  readonly entry: (story: Story, entry: Entry) => void;
  readonly failure: (story: Story, check: Check) => void;
}

/**
 * Tells one story in a world. A story that breaks off becomes a failed claim, so that the others are told all the same. `seed`
 * gives the people of the story other resident IDs.
 */
export const tellStory = async (
  story: Story,
  world: World,
  { seed = 0, listener }: { seed?: number; listener?: StoryListener } = {},
): Promise<ToldStory> => {
  const book = openChronicle(world, {
    entry: (entry) => listener?.entry(story, entry),
    failure: (check) => listener?.failure(story, check),
  });
  let ending: Ending | null = null;
  try {
    ending = await story.tell(world, book, seed);
    book.claim('the story was told to its end', ending !== null || book.abridged());
  } catch (error) {
    book.claim('the story was told to its end', false, error instanceof Error ? error.message : String(error));
  }
  const { entries, checks, applications } = book;
  return { story, ending, entries, checks, applications, whole: !book.abridged() };
};
