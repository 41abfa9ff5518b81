// There is one log-in for all applications: where Camunda would show its own form, show Repli's.
function leaveForLogin() {
  if (window.location.hash.startsWith('#/login')) {
    window.location.assign('/login?logout');
  }
}

// The applications change the address without a hashchange event.
for (const change of ['pushState', 'replaceState']) {
  const original = window.history[change];
  window.history[change] = function (...args) {
    original.apply(this, args);
    leaveForLogin();
  };
}
window.addEventListener('hashchange', leaveForLogin);
leaveForLogin();
