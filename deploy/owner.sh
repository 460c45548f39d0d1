#!/bin/sh
# Run once, on an empty server: makes the owner of the tables, who is no superuser, and the database. The owner makes
# roles, since its first migration makes that of the service, and databases, since a backup is restored into one before
# it counts. PostgreSQL's image runs this as it is, and Patroni (post_bootstrap) with the URL of the new primary.
set -eu
psql --set=ON_ERROR_STOP=1 --no-psqlrc --dbname="${1:-postgresql:///postgres?user=${POSTGRES_USER:-postgres}}" \
  --set=password="$(cat "${OWNER_PASSWORD_FILE:-/run/secrets/owner_password}")" <<'SQL'
create role rewards_owner login createrole createdb password :'password';
create database rewards owner rewards_owner;
SQL
