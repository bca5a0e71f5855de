// Imported into every Node child of set-up: a supervisor that is killed with -9 cannot say goodbye,
// but its channel closes.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
