import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import { ExtensionBody, TaskDetail, TaskList, TaskListQuery, TaskResult, TaskView } from '../../contracts/api/tasks.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { TaskId } from '../../domain/ids.ts';
import { completeTask } from './complete-task.ts';
import { extendTask } from './extend-task.ts';
import { listTasks } from './list-tasks.ts';
import { readTask } from './read-task.ts';

const params = z.object({ taskId: pathId(TaskId) });

/** The operations on tasks. */
export const taskOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'listTasks',
    summary: 'List the open tasks of a county, the most urgent first',
    query: TaskListQuery,
    page: z.string(),
    response: TaskList,
    status: 200,
    handle: ({ principal, query, after }) =>
      listTasks(dependencies, principal, { county: query.county, limit: query.limit, after }),
  }),
  defineOperation({
    operation: 'readTask',
    summary: 'Read a task with what its performer needs',
    params,
    response: TaskDetail,
    status: 200,
    handle: ({ principal, params: { taskId } }) => readTask(dependencies, principal, taskId),
  }),
  defineOperation({
    operation: 'completeTask',
    summary: 'Finish a task with its result',
    params,
    body: TaskResult,
    response: TaskView,
    status: 200,
    precondition: 'optional',
    problems: [
      'four-eyes',
      'grievance-four-eyes',
      'lifecycle-conflict',
      'task-already-completed',
      'policy-change-overtaken',
    ],
    handle: ({ principal, params: { taskId }, body, ifMatch }) =>
      completeTask(dependencies, { principal, taskId, result: body, ifMatch }),
  }),
  defineOperation({
    operation: 'extendTask',
    summary: 'Extend a deadline for a statutory reason',
    params,
    body: ExtensionBody,
    response: TaskView,
    status: 200,
    precondition: 'required',
    problems: ['lifecycle-conflict', 'extension-not-allowed'],
    handle: ({ principal, params: { taskId }, body, ifMatch }) =>
      extendTask(dependencies, principal, taskId, body.reason, ifMatch),
  }),
];
