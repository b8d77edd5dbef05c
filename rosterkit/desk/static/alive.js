'use strict';
// On every page: is the desk still there, is there a newer result, does it work on another folder by now?

{
  const say = document.body.dataset, show = (id, on) => { const box = document.getElementById(id); if (box.hidden === on) box.hidden = !on; };
  const watched = document.getElementById('watch-state');
  let lost = 0;
  const look = async () => {
    let state;
    try {
      const answer = await fetch('/keadaan');
      if (!answer.ok) throw new Error(answer.status);
      state = await answer.json();
    } catch { show('gone', ++lost > 1); return; }
    lost = 0;
    show('gone', false);
    if (state.desk !== say.desk) { location.href = '/'; return; }
    show('news', !state.running && state.run !== say.run);
    const text = state.running ? state.text : state.watch;
    if (watched && watched.textContent !== text) watched.textContent = text;
  };
  setInterval(look, watched ? 3000 : 10000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
}
