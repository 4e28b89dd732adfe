// serve.mjs NAME [FOLDER]: serves one emulator on a loopback port that the system chooses, kinesalite with what it keeps in a folder, and prints "listening <port>" once it answers.
// It ends when standard input closes: so it never outlives the test process that started it, however that one ends.

const shortly = 10; // milliseconds a stream or a table stays in a passing state

function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

const emulators = {
  async kinesalite() {
    const { default: kinesalite } = await import('kinesalite');
    return listen(kinesalite({ path: process.argv[3], createStreamMs: shortly, deleteStreamMs: shortly, updateStreamMs: shortly, shardLimit: 50 }));
  },

  // Not fauxqs' own starter, because that one listens on every interface.
  async fauxqs() {
    const { buildApp } = await import('fauxqs');
    const app = buildApp({ logger: false, defaultRegion: process.env.AWS_REGION });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return app.server.address().port;
  },

  async dynalite() {
    const { default: dynalite } = await import('dynalite');
    return listen(dynalite({ createTableMs: shortly, deleteTableMs: shortly, updateTableMs: shortly }));
  },
};

const start = emulators[process.argv[2]];
if (!start) {
  console.error(`usage: node serve.mjs ${Object.keys(emulators).join('|')}`);
  process.exit(2);
}

process.stdin.on('end', () => process.exit(0)).resume();
console.log(`listening ${await start()}`);
