#!/bin/sh
# Run once by the image of PostgreSQL, on an empty volume: makes the owner of the tables, who is no superuser, and the
# database. The owner makes roles, since its first migration makes that of the service.
set -eu
psql --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
  --set=password="$(cat /run/secrets/owner_password)" <<'SQL'
create role rewards_owner login createrole password :'password';
create database rewards owner rewards_owner;
SQL
