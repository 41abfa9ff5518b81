import {duration, fill, link, read, table, when} from './repli-page.js';

const NEWEST = 50;

/** The business result of a run is the name of the end event it reached. */
async function result(api, run) {
  if (run.state === 'ACTIVE' || run.state === 'SUSPENDED') {
    return 'running';
  }
  const ends = await read(
    api,
    '/history/activity-instance?processInstanceId=' +
      encodeURIComponent(run.id) +
      '&sortBy=occurrence&sortOrder=desc&maxResults=20'
  );
  const end = ends.find((activity) => /EndEvent$/.test(activity.activityType));
  return end ? end.activityName || end.activityId : run.state.toLowerCase().replaceAll('_', ' ');
}

export function runsPage(container, api) {
  return fill(container, 'Finished and running runs', async (page) => {
    const runs = await read(
      api,
      '/history/process-instance?rootProcessInstances=true&sortBy=startTime&sortOrder=desc&maxResults=' +
        NEWEST
    );
    const results = await Promise.all(runs.map((run) => result(api, run)));
    page.append(
      table(
        'The newest ' + NEWEST,
        ['Run', 'Runbook', 'Result', 'Started', 'Started by', 'Ended', 'Duration'],
        runs.map((run, index) => [
          link(run.businessKey || run.id, '#/repli-runs/' + run.id),
          run.processDefinitionName || run.processDefinitionKey,
          results[index],
          when(run.startTime),
          run.startUserId,
          when(run.endTime),
          duration(run.durationInMillis)
        ])
      )
    );
  });
}
