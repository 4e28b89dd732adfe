// What an artefact is made of, as CycloneDX 1.6: sbom.mjs NAME VERSION RUNTIME ASSETS FOLDER [DEBIAN-PACKAGE=LICENCE …] >sbom.cdx.json
// ASSETS is the project.assets.json of the publish, FOLDER what was published. Packages whose files end up in the artefact, the .NET runtime if it is in
// there, libraries of Debian that are linked in, and the BPF objects. The same artefact gives the same bytes (SOURCE_DATE_EPOCH).

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [name, version, runtime, assetsFile, folder, ...linked] = process.argv.slice(2);
if (!folder || !process.env.SOURCE_DATE_EPOCH) {
  console.error('usage: SOURCE_DATE_EPOCH=… sbom.mjs NAME VERSION RUNTIME ASSETS FOLDER [DEBIAN-PACKAGE=LICENCE …]');
  process.exit(2);
}

const assets = JSON.parse(readFileSync(assetsFile, 'utf8'));
const target = assets.targets[Object.keys(assets.targets).find(key => key.endsWith(`/${runtime}`))];
if (!target) {
  console.error(`sbom: ${assetsFile} was not restored for ${runtime}`);
  process.exit(1);
}

const packageFolder = Object.keys(assets.packageFolders)[0];
const hex = base64 => Buffer.from(base64, 'base64').toString('hex');
const purl = (id, number) => `pkg:nuget/${id}@${number}`;

// As the author wrote it: an expression of SPDX, or an address.
function licences(path, id) {
  const nuspec = join(packageFolder, path, `${id.toLowerCase()}.nuspec`);
  const text = existsSync(nuspec) ? readFileSync(nuspec, 'utf8') : '';
  const expression = /<license type="expression">([^<]+)</.exec(text)?.[1];
  const address = /<licenseUrl>([^<]+)</.exec(text)?.[1];
  return expression ? [{ expression }] : address ? [{ license: { name: 'see its address', url: address } }] : undefined;
}

function nuget(id, number, path, sha512) {
  return {
    type: 'library', 'bom-ref': purl(id, number), name: id, version: number, scope: 'required', purl: purl(id, number),
    licenses: licences(path, id), hashes: [{ alg: 'SHA-512', content: hex(sha512) }],
  };
}

// Packages of which no file is in the artefact only help to build it.
const isPart = entry => entry.type === 'package' && Object.keys(entry.runtime ?? {}).some(file => !file.endsWith('/_._'));
const packages = Object.entries(target).filter(([, entry]) => isPart(entry)).map(([key]) => {
  const [id, number] = key.split('/');
  return nuget(id, number, assets.libraries[key].path, assets.libraries[key].sha512);
});

const isMachineCode = existsSync(join(folder, 'edge-agent')) && !existsSync(join(folder, 'edge-agent.dll'));
const hasRuntime = isMachineCode || existsSync(join(folder, 'libcoreclr.so'));
const runtimePack = `Microsoft.NETCore.App.Runtime.${isMachineCode ? 'NativeAOT.' : ''}${runtime}`;
const runtimes = !hasRuntime ? [] : Object.values(assets.project.frameworks)[0].downloadDependencies
  .filter(pack => pack.name === runtimePack)
  .map(pack => {
    const number = /[0-9][^,]*/.exec(pack.version)[0];
    const path = `${pack.name.toLowerCase()}/${number}`;
    return nuget(pack.name, number, path, readFileSync(join(packageFolder, path, `${pack.name.toLowerCase()}.${number}.nupkg.sha512`), 'utf8'));
  });
if (hasRuntime && runtimes.length !== 1) {
  console.error(`sbom: ${runtimePack} is in the artefact and not in ${assetsFile}`);
  process.exit(1);
}

// The runtime's own zlib is in its pack without a version: its notices name the commit.
const notices = runtimes.map(pack => join(packageFolder, pack.name.toLowerCase(), pack.version, 'THIRD-PARTY-NOTICES.TXT')).filter(existsSync);
const zlib = notices.map(file => /zlib-ng\/zlib-ng\/blob\/([0-9a-f]{40})/.exec(readFileSync(file, 'utf8'))?.[1]).filter(Boolean).map(commit => {
  const id = `pkg:github/zlib-ng/zlib-ng@${commit}`;
  return { type: 'library', 'bom-ref': id, name: 'zlib-ng', version: commit, scope: 'required', purl: id, licenses: [{ expression: 'Zlib' }] };
});

const libraries = linked.map(word => {
  const [debian, licence] = word.split('=');
  const [number, architecture] = execFileSync('dpkg-query', ['--show', '--showformat=${Version} ${Architecture}', debian], { encoding: 'utf8' }).split(' ');
  const id = `pkg:deb/debian/${debian}@${encodeURIComponent(number)}?arch=${architecture}`;
  return { type: 'library', 'bom-ref': id, name: debian, version: number, scope: 'required', purl: id, licenses: [{ expression: licence }] };
});

const objects = ['edge.bpf.o', 'edge-copies.bpf.o', 'edge-claims.bpf.o'].filter(file => existsSync(join(folder, 'bpf', file))).map(file => ({
  type: 'file', 'bom-ref': `file:bpf/${file}`, name: `bpf/${file}`, version,
  licenses: [{ expression: 'GPL-2.0-only OR BSD-2-Clause' }],
  hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(readFileSync(join(folder, 'bpf', file))).digest('hex') }],
}));

const byRef = (a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1);
const components = [...packages, ...runtimes, ...zlib, ...libraries, ...objects].sort(byRef);
const known = new Set(components.map(component => component['bom-ref']));
const self = `pkg:generic/${name}@${encodeURIComponent(version)}`;
const needs = packages.map(component => ({
  ref: component['bom-ref'],
  dependsOn: Object.keys(target[`${component.name}/${component.version}`].dependencies ?? {})
    .map(id => Object.keys(target).find(key => key.startsWith(`${id}/`))).filter(Boolean)
    .map(key => purl(...key.split('/'))).filter(ref => known.has(ref)).sort(),
}));

console.log(JSON.stringify({
  bomFormat: 'CycloneDX', specVersion: '1.6', version: 1,
  metadata: {
    timestamp: new Date(process.env.SOURCE_DATE_EPOCH * 1000).toISOString(),
    component: { type: 'application', 'bom-ref': self, name, version, licenses: [{ expression: 'Apache-2.0' }] },
  },
  components,
  dependencies: [{ ref: self, dependsOn: [...known].sort() }, ...needs.sort((a, b) => (a.ref < b.ref ? -1 : 1))],
}, null, 2));
