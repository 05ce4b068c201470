import type { LocalDate } from '../../domain/dates.ts';
import { type FeedDefinition, feedOn, feedsOn } from '../../domain/feeds/feed-definition.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

/** The dataset of a name, as it is defined on a day. Throws a CommandFailure that lists those there are. */
export const feedNamed = (dataset: string, today: LocalDate): FeedDefinition => {
  const feed = feedOn(shanxiPack.feeds, dataset, today);
  if (feed !== null) return feed;
  throw new CommandFailure({
    title: says('没有这个数据集', 'There is no such dataset'),
    cause: says(`没有数据集 ${dataset}。`, `No dataset is called ${dataset}.`),
    cure: says('请使用下列名称之一：', 'Use one of these names:'),
    details: feedsOn(shanxiPack.feeds, today).map(({ code, name }) => `${code}  ${name.zh} · ${name.en}`),
    exitCode: 2,
  });
};
