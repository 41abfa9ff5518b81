import {duration, element, fill, link, read, table, when} from './repli-page.js';

function shown(value) {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}

/** Not by start time: steps of one transaction share it. */
async function activities(api, query) {
  const done = await read(
    api,
    '/history/activity-instance?' + query + '&sortBy=occurrence&sortOrder=asc'
  );
  return table(
    'Activities, in order',
    ['Activity', 'Kind', 'Started', 'Duration', 'By', 'Called run'],
    done.map((activity) => [
      activity.activityName || activity.activityId,
      activity.canceled ? activity.activityType + ', cancelled' : activity.activityType,
      when(activity.startTime),
      duration(activity.durationInMillis),
      activity.assignee,
      activity.calledProcessInstanceId
        ? link('open', '#/repli-runs/' + activity.calledProcessInstanceId)
        : ''
    ])
  );
}

async function variables(api, query) {
  const known = await read(
    api,
    '/history/variable-instance?' + query + '&deserializeValues=false&sortBy=variableName&sortOrder=asc'
  );
  return table(
    'Variables',
    ['Name', 'Value', 'Type'],
    known.map((variable) => [variable.name, shown(variable.value), variable.type])
  );
}

async function incidents(api, query) {
  const known = await read(api, '/history/incident?' + query);
  return table(
    'Incidents',
    ['When', 'Activity', 'Message', 'Solved'],
    known.map((incident) => [
      when(incident.createTime),
      incident.activityId,
      incident.incidentMessage,
      when(incident.endTime)
    ])
  );
}

async function operations(api, query) {
  const known = await read(
    api,
    '/history/user-operation?' + query + '&sortBy=timestamp&sortOrder=asc'
  );
  return table(
    'What people did',
    ['When', 'Who', 'Operation', 'On', 'Property', 'Before', 'After'],
    known.map((entry) => [
      when(entry.timestamp),
      entry.userId,
      entry.operationType,
      entry.entityType,
      entry.property,
      shown(entry.orgValue),
      shown(entry.newValue)
    ])
  );
}

/** A part that this user may not see says so and leaves the others alone. */
async function part(page, build) {
  try {
    page.append(await build());
  } catch (failure) {
    page.append(element('p', 'A part cannot be shown: ' + failure.message + '.'));
  }
}

/** What was done, by whom, and what was lost; the same log-in reads it. */
function report(runKey) {
  return element('a', 'Report with the ledger', {
    href: '/api/runs/' + encodeURIComponent(runKey) + '/report?format=html',
    target: '_blank'
  });
}

export function runPage(container, api) {
  const id = window.location.hash.split('/')[2].split('?')[0];
  const query = 'processInstanceId=' + encodeURIComponent(id);
  return fill(container, 'Run', async (page) => {
    const run = await read(api, '/history/process-instance/' + encodeURIComponent(id));
    page.querySelector('h2').textContent =
      (run.processDefinitionName || run.processDefinitionKey) + ' ' + (run.businessKey || run.id);
    page.append(
      element(
        'p',
        when(run.startTime) + ', ' + duration(run.durationInMillis) + ', ' + run.state.toLowerCase()
      )
    );
    const ways = element('p');
    ways.append(
      link('All runs', '#/repli-runs'),
      ' · ',
      link('Diagram', '#/process-definition/' + run.processDefinitionId + '/runtime')
    );
    if (run.superProcessInstanceId) {
      ways.append(' · ', link('Calling run', '#/repli-runs/' + run.superProcessInstanceId));
    } else if (run.businessKey) {
      ways.append(' · ', report(run.businessKey));
    }
    page.append(ways);
    await part(page, () => activities(api, query));
    await part(page, () => variables(api, query));
    await part(page, () => incidents(api, query));
    await part(page, () => operations(api, query));
  });
}
