/** How a release answers about messages and activities (mail). */
export type ThreadFacts = {
  /** `message_post` answers the id of the message, or a list. */
  readonly postAnswers: 'id' | 'ids'
  /** Records that a method returns as such: `mail.activity(5,)`, or their ids. */
  readonly recordsAre: 'text' | 'ids'
  /** Do logged notes keep the name of their record? */
  readonly notesNameRecord: boolean
  /** Whoever may not change records of the model is told that, and not that the message is closed to him. */
  readonly tellsRightsOfRecord: boolean
  /** The end of the refusal of messages. */
  readonly refusedMessages: (ids: readonly number[], uid: number) => string
  /** An activity that nobody is named for is the user's. */
  readonly activityIsOwn: boolean
  /** The note about a new task says so. */
  readonly newTasksAreTold: boolean
  /** Recipients and the message that is answered are looked up before a message is written. */
  readonly looksUpTargets: boolean
}

export const threads17: ThreadFacts = {
  postAnswers: 'id',
  recordsAre: 'text',
  notesNameRecord: false,
  tellsRightsOfRecord: true,
  refusedMessages: (ids, uid) => ` - (Records: [${ids.join(', ')}], User: ${uid})`,
  activityIsOwn: true,
  newTasksAreTold: false,
  looksUpTargets: false,
}

export const threads18: ThreadFacts = {
  ...threads17,
  tellsRightsOfRecord: false,
  newTasksAreTold: true,
  refusedMessages: (ids, uid) => `\n\nRecords: [${ids.join(', ')}], User: ${uid}`,
}

export const threads19: ThreadFacts = {
  ...threads18,
  postAnswers: 'ids',
  recordsAre: 'ids',
  notesNameRecord: true,
  refusedMessages: (ids, uid) => `\n\nRecords: ${ids.join(', ')}, User: ${uid}`,
  activityIsOwn: false,
  looksUpTargets: true,
}
