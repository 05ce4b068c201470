import { runTogether } from './shared-clock.ts';
import { type Story, type StoryListener, type ToldStory, tellStory } from './story.ts';
import { carAndSavings } from './story-car-and-savings.ts';
import { disabledDaughter } from './story-disabled-daughter.ts';
import { hospitalCosts } from './story-hospital-costs.ts';
import { oldAndAlone } from './story-old-and-alone.ts';
import { ruralCouple } from './story-rural-couple.ts';
import type { World } from './world.ts';

/** The five families, in the order in which they are told. */
export const stories: readonly Story[] = [ruralCouple, disabledDaughter, carAndSavings, oldAndAlone, hospitalCosts];

/** Tells all stories side by side: the families apply on the same day, and one calendar passes for all of them. */
export const tellAll = (
  world: World,
  options: { seed?: number; listener?: StoryListener; onTimePassed?: (now: string) => void } = {},
): Promise<readonly ToldStory[]> =>
  runTogether(
    world,
    stories.map((story) => (shared) => tellStory(story, shared, options)),
    options.onTimePassed,
  );
