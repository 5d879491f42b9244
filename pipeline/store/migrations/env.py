"""Run the steps on the connection that ``pipeline.store.migrate`` has begun a transaction on."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], transactional_ddl=True, transaction_per_migration=False
)
context.run_migrations()
