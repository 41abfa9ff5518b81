export default {
  customScripts: ['../tasklist/scripts/repli-login.js']
};
