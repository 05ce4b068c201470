/** A table of two keys, without indexes and without a stream. */
export const plainTable = (name: string) => ({
  name,
  properties: {
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' as const },
      { AttributeName: 'sk', KeyType: 'RANGE' as const },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' as const },
      { AttributeName: 'sk', AttributeType: 'S' as const },
    ],
    GlobalSecondaryIndexes: [],
    LocalSecondaryIndexes: [],
    StreamSpecification: undefined,
    TimeToLiveSpecification: undefined,
  },
});
