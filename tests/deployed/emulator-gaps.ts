export type EmulatorGap = {
  /** What the emulator does otherwise than AWS. */
  readonly gap: string;
  /** Which check of the deployment test cannot be made, or is weaker, for it. */
  readonly affects: string;
  /** What is done instead. */
  readonly instead: string;
};

/** Where ministack 1.5.33 errs or falls short, as found by trying. The deployment test prints this list. */
export const emulatorGaps: readonly EmulatorGap[] = [
  {
    gap: 'An error thrown by a Node function reaches Step Functions as Runtime.HandlerError, whatever its name',
    affects: 'retries by the name of the error (RetryableError, Lambda.*): the emulator goes to Catch at once',
    instead: 'emulator/launch.py hands the name on',
  },
  {
    gap: 'Where a state waits for a token, the failure of the function that was given it is forgotten, and the execution waits for ever',
    affects:
      'every state that opens a task or waits for a notice, when its function loses a race and is to be called again',
    instead:
      'emulator/launch.py fails the state with what the function threw, so that its Retry and Catch act as on AWS',
  },
  {
    gap: 'A DynamoDB event-source mapping takes no notice of batchItemFailures, retry limit, bisecting and on-failure queue',
    affects: 'partial batch failure and the dead-letter queue of the relay',
    instead:
      'emulator/launch.py has such a batch given again as a whole; the rest is tested on the local platform, and the template assertions hold the settings of the mapping',
  },
  {
    gap: 'A batching window of an event-source mapping and the resource policy of a table are stored and not acted on',
    affects:
      'the gathering of audit entries into blocks; the denial of updates and deletions in the Audit table to everybody',
    instead: 'the local platform gathers; the template assertions hold both settings',
  },
  {
    gap: 'AWS::Partition is always "aws", in cn-north-1 as well',
    affects: 'a deployment to the partition aws-cn',
    instead: 'tests/infra synthesizes for aws-cn and looks for partition literals',
  },
  {
    gap: 'Ref of a secret gives its name (the ARN on AWS)',
    affects: 'a function that is told the secret by Ref',
    instead: 'the stack uses the attribute Id, which is the ARN on AWS and here',
  },
  {
    gap: 'The history of an execution has no TaskSubmitted, and a task token is 36 characters long (about 700 on AWS)',
    affects: 'knowing that an execution waits for people; the size of an item that keeps a token',
    instead:
      'the test waits until three looks in a row find nothing under way; long tokens are tested on the local platform',
  },
  {
    gap: 'A crash of a function is answered 502 with its error, a timeout likewise (500 and 503 with a fixed text on AWS)',
    affects: 'the answer of the gateway itself when a function fails',
    instead: 'functions answer with problem details themselves; the deployment test makes no claim about crashes',
  },
  {
    gap: 'A route without path parameters hands its function pathParameters: null (AWS leaves the field out)',
    affects: 'every list and every submission: the functions refuse an event that is not of the form AWS documents',
    instead: 'emulator/launch.py leaves the field out',
  },
  {
    gap: 'Neither API Gateway nor Lambda limits the size of a request (10 MB and 6 MB on AWS)',
    affects: 'the refusal of a body of 10 MB by the gateway',
    instead: 'tested on the local platform',
  },
  {
    gap: 'Throttling, access logs, X-Ray, alarms and log retention are stored and not acted on',
    affects: 'rate limits and alarms',
    instead: 'the template assertions and cdk-nag hold them',
  },
  {
    gap: 'CloudFormation refuses an alarm on an expression (metric math)',
    affects: 'the alarms on a scan or sweep that is missing, whose gaps are filled',
    instead: 'emulator/launch.py stores an alarm on the metric alone; the template assertions hold the expression',
  },
  {
    gap: 'The HTTP API has no address of its own: its host name resolves nowhere',
    affects: 'nothing; the requests are the same',
    instead: 'a door on the loopback address sets the Host header',
  },
  {
    gap: 'It listens without TLS, while its IAM honours policies that demand TLS (staging bucket, queues, topic)',
    affects: 'nothing; the policies are enforced',
    instead: 'a door on the loopback address stands for the TLS endpoint (x-forwarded-proto)',
  },
  {
    gap: 'Its clock cannot be moved, and it looks at schedules every ten seconds',
    affects: 'seven-day notices, statutory deadlines',
    instead:
      'emulator/launch.py shifts time.time() and datetime.now() and looks every second; functions run Node with the same shift',
  },
  {
    gap: 'A rate() schedule fires once after a jump of the clock, however many periods have passed',
    affects: 'sweeps between two points in time',
    instead:
      'each advance waits for the run by the schedule, and then runs the sweep once more to know that it has ended',
  },
];
