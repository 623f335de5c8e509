"""How Alembic runs here: inside the transaction that `server.history.forward` opened, or as SQL text that is only printed."""

from alembic import context

connection = context.config.attributes.get("connection")

if connection is None:  # `alembic upgrade --sql`: prints what would be done
    context.configure(url=context.config.get_main_option("sqlalchemy.url"), literal_binds=True)
else:
    context.configure(connection=connection)

with context.begin_transaction():
    context.run_migrations()
