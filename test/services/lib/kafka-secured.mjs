// Apache Kafka that takes clients over TLS alone: with SCRAM on one port, with a certificate of theirs on another.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersClients, commonSettings, startNode } from './kafka-node.mjs';
import { freePort, makeFolder, removeFolder, untilReady } from './process.mjs';

/**
 * Listens on `scram` (SASL_SSL, SCRAM-SHA-512 and -256, the user given) and on `mutual` (SSL, client certificates
 * required). `certificates` as makeCertificates gives them.
 */
export async function startSecuredKafka(certificates, { username, password }) {
  const folder = makeFolder('kafka-secured');
  const [scramPort, mutualPort, innerPort, controllerPort] = await Promise.all([1, 2, 3, 4].map(() => freePort()));
  const keystore = join(folder, 'server-chain.pem');
  writeFileSync(keystore, readFileSync(certificates.serverKey, 'utf8') + readFileSync(certificates.serverCert, 'utf8'));
  const at = (name, port) => `${name}://127.0.0.1:${port}`;
  const clients = [at('SCRAM', scramPort), at('MUTUAL', mutualPort), at('INNER', innerPort)].join(',');
  const scram = (mechanism) => `listener.name.scram.scram-sha-${mechanism}.sasl.jaas.config`;
  const module = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  const user = (mechanism) => ['--add-scram', `SCRAM-SHA-${mechanism}=[name=${username},password=${password}]`];
  const settings = {
    ...commonSettings(),
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `${clients},${at('CONTROLLER', controllerPort)}`,
    'advertised.listeners': clients,
    'listener.security.protocol.map': 'SCRAM:SASL_SSL,MUTUAL:SSL,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'INNER',
    'listener.name.scram.sasl.enabled.mechanisms': 'SCRAM-SHA-512,SCRAM-SHA-256',
    [scram(512)]: module,
    [scram(256)]: module,
    'listener.name.mutual.ssl.client.auth': 'required',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': certificates.ca,
  };
  const server = await startNode('Apache Kafka (secured)', folder, settings, { format: [...user(512), ...user(256)] });
  const security = {
    ssl: { ca: readFileSync(certificates.ca, 'utf8') },
    sasl: { mechanism: 'scram-sha-512', username, password },
  };
  await untilReady(server, () => answersClients([`127.0.0.1:${scramPort}`], security));
  return {
    scram: `127.0.0.1:${scramPort}`,
    mutual: `127.0.0.1:${mutualPort}`,
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}
