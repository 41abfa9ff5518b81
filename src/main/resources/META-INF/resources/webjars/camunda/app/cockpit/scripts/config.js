export default {
  customScripts: [
    'scripts/repli-runs.js',
    '../tasklist/scripts/repli-login.js'
  ]
};
