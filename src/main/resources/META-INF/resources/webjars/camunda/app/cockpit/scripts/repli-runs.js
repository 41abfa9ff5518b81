// "Finished runs": what the community Cockpit does not show. All data comes from the engine's
// history with the user's own authorisations; nothing is written, no text becomes markup.
import {runsPage} from './repli-run-list.js';
import {runPage} from './repli-run-detail.js';

export default [
  {
    id: 'repli.runs.navigation',
    pluginPoint: 'cockpit.navigation',
    properties: {
      label: 'Finished runs',
      pagePath: '#/repli-runs',
      path: 'repli-runs',
      priority: 5
    }
  },
  {
    id: 'repli.runs.list',
    pluginPoint: 'cockpit.route',
    properties: {path: '/repli-runs', label: 'Finished runs'},
    render: (container, {api}) => runsPage(container, api)
  },
  {
    id: 'repli.runs.detail',
    pluginPoint: 'cockpit.route',
    properties: {path: '/repli-runs/:id', label: 'Run'},
    render: (container, {api}) => runPage(container, api)
  }
];
