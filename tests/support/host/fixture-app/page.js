/* global document, window */
const byId = (id) => document.getElementById(id);

window.moduleRan = true;

byId('drop').addEventListener('dragover', (event) => {
  event.preventDefault();
  byId('dragging').value = [...event.dataTransfer.items].map((item) => item.kind).join(' ');
});
byId('drop').addEventListener('dragleave', () => {
  byId('dragging').value = '';
});
byId('drop').addEventListener('drop', (event) => {
  event.preventDefault();
  const files = [...event.dataTransfer.files].map((file) => `${file.name} ${file.size} ${window.fixture.pathOf(file)}`);
  for (const line of files.length > 0 ? files : [event.dataTransfer.getData('text/plain')]) {
    byId('dropped').append(Object.assign(document.createElement('li'), { textContent: line }));
  }
});
byId('field').addEventListener('paste', (event) => {
  event.preventDefault();
  byId('pasted').value = event.clipboardData.getData('text/plain');
});
window.fixture.on('told', (...args) => {
  window.told = args;
});
