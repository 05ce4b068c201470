import { says } from './says.ts';

/** Faults in what a request says of a department's file. */
export const feedFaults = {
  'feed.bytes': says(
    '文件大小须为非负整数字节，且不超过 4 GiB。',
    '请填写文件的实际字节数；更大的文件请分为几个上传。',
    'The size is a whole number of bytes, up to 4 GiB.',
    'Give the size of the file as it is sent; cut a larger one into several.',
  ),
  'feed.dataset': says(
    '现行政策中没有可以这样交换的该数据集。',
    '请使用文件说明所列的数据集名称。',
    'The policy in force has no such dataset that is delivered as a file.',
    'Name one of the datasets in docs/feeds.md.',
  ),
  'feed.owner': says(
    '该数据集由其他部门提供。',
    '请由提供该数据集的部门上传，或由省级人员代为上传。',
    'Another department owns this dataset.',
    'Have that department hand it in, or an officer of the province for it.',
  ),
} as const;
