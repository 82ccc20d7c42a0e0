#!/usr/bin/env bash
# Installs what the distributed suites start on Debian 12: Redis, PostgreSQL, openssl, Tryton 6.0, Java, Maven and Kafka's jars.
# What is there already is left alone. Needs root (or sudo) for the packages only.
set -euo pipefail
cd "$(dirname "$0")"

packages=(
  redis-server postgresql openssl
  tryton-server tryton-proteus
  tryton-modules-party tryton-modules-account tryton-modules-account-invoice
  tryton-modules-account-credit-limit
  python3-psycopg2
)
command -v java > /dev/null || packages+=(openjdk-17-jre-headless)
command -v mvn > /dev/null || packages+=(maven)

missing=()
for package in "${packages[@]}"; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done

if [ "${#missing[@]}" -gt 0 ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  # Recommended packages would bring an office suite for Tryton's reports; and no service is to start by itself.
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -q -y --no-install-recommends "${missing[@]}"
fi

if [ -z "$(ls -A target/kafka-libs 2> /dev/null)" ]; then
  mvn -q -B -f kafka/pom.xml dependency:copy-dependencies
fi
echo 'Test services are installed.'
