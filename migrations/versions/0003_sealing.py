"""sealing: what is handed in is encrypted, receipts are signed, the log has public heads and does not change

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-21 10:40:00
"""
import json

import sqlalchemy as sa
from alembic import op

from app.infra.vault import EncryptedText, decrypt, encrypt, installation_key, new_key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXTS = {
    "proposal": ["summary", "references_text"],
    "answer": ["approach", "expertise", "reach"],
    "submission": ["withdrawal_reason"],
}


def each(table, columns):
    """Rows of a table with its primary key, as (where, values)."""
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    keys = list(found.primary_key.columns)
    for row in op.get_bind().execute(sa.select(*keys, *(found.c[name] for name in columns))).mappings().all():
        where = sa.and_(*(key == row[key.name] for key in keys))
        yield found, where, {name: row[name] for name in columns}


def rewrite(table, columns, change):
    for found, where, values in each(table, columns):
        new = {name: change(f"{table}.{name}", value) for name, value in values.items()}
        op.get_bind().execute(sa.update(found).where(where).values(new))


def closed(about, value):
    return EncryptedText(about).process_bind_param(value, op.get_bind().dialect)


def readable(about, value):
    return EncryptedText(about).process_result_value(value, op.get_bind().dialect)


def seal_submissions():
    """One key per call; the content of every submission under it."""
    bind, keys, wrapping = op.get_bind(), {}, installation_key("calls")
    submission = sa.Table("submission", sa.MetaData(), autoload_with=bind)
    call_key = sa.Table("call_key", sa.MetaData(), autoload_with=bind)
    c = submission.c
    for row in bind.execute(sa.select(c.id, c.addendum_id, c.receipt_number, c.content, c.submitted_at)).all():
        if row.addendum_id not in keys:
            keys[row.addendum_id] = new_key()
            wrapped = encrypt(wrapping, keys[row.addendum_id], f"call:{row.addendum_id}")
            values = {"addendum_id": row.addendum_id, "wrapped": wrapped, "created_at": row.submitted_at}
            bind.execute(sa.insert(call_key).values(values))
        box = encrypt(keys[row.addendum_id], row.content.encode(), f"content:{row.receipt_number}")
        bind.execute(sa.update(submission).where(c.id == row.id).values(sealed_content=box))


def unseal_submissions():
    bind, wrapping = op.get_bind(), installation_key("calls")
    submission = sa.Table("submission", sa.MetaData(), autoload_with=bind)
    call_key = sa.Table("call_key", sa.MetaData(), autoload_with=bind)
    keys = {
        row.addendum_id: decrypt(wrapping, row.wrapped, f"call:{row.addendum_id}")
        for row in bind.execute(sa.select(call_key.c.addendum_id, call_key.c.wrapped))
    }
    c = submission.c
    for row in bind.execute(sa.select(c.id, c.addendum_id, c.receipt_number, c.sealed_content)).all():
        text = decrypt(keys[row.addendum_id], row.sealed_content, f"content:{row.receipt_number}").decode()
        bind.execute(sa.update(submission).where(c.id == row.id).values(content=text))


def hide_claims():
    """Before the opening even the obstacles that somebody takes up are sealed."""
    op.execute(
        "DELETE FROM claim WHERE submission_id IN (SELECT s.id FROM submission s WHERE NOT EXISTS "
        "(SELECT 1 FROM opening o WHERE o.addendum_id = s.addendum_id AND o.second_at IS NOT NULL))"
    )


def show_claims():
    bind = op.get_bind()
    submission = sa.Table("submission", sa.MetaData(), autoload_with=bind)
    claim = sa.Table("claim", sa.MetaData(), autoload_with=bind)
    c = submission.c
    known = sa.exists().where(claim.c.submission_id == c.id)
    for row in bind.execute(sa.select(c.id, c.content).where(~known)).all():
        for challenge in json.loads(row.content).get("challenges", ()):
            for obstacle in challenge["obstacles"]:
                if obstacle.get("approach"):
                    values = {"submission_id": row.id, "obstacle_id": obstacle["id"]}
                    bind.execute(sa.insert(claim).values(values))


def keep_names_of_signers():
    """The names as they are now are the oldest there are of who signed before."""
    for which in ("first", "second"):
        op.execute(
            f"UPDATE opening SET {which}_name = (SELECT name FROM user_account "
            f"WHERE user_account.id = opening.{which}_by_id) WHERE {which}_by_id IS NOT NULL"
        )


def retype_expectations(old, new, empty, change):
    """JSON that the database reads becomes text that it cannot, or the other way round."""
    before = sa.table("proposal", sa.column("id"), sa.column("expectations", old))
    rows = op.get_bind().execute(sa.select(before.c.id, before.c.expectations)).all()
    with op.batch_alter_table("proposal") as batch:
        batch.drop_column("expectations")
        batch.add_column(sa.Column("expectations", new, nullable=False, server_default=empty))
    after = sa.table("proposal", sa.column("id"), sa.column("expectations", new))
    for row in rows:
        values = {"expectations": change(row.expectations)}
        op.get_bind().execute(sa.update(after).where(after.c.id == row.id).values(values))
    with op.batch_alter_table("proposal") as batch:
        batch.alter_column("expectations", existing_type=new, server_default=None)


def forbid_changes():
    """A head is published once; the database itself refuses anything else (the log has this since 0001)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_head_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'audit_head is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_head_append_only BEFORE UPDATE OR DELETE ON audit_head "
            "FOR EACH ROW EXECUTE FUNCTION audit_head_refuse()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_head_no_{act.lower()} BEFORE {act} ON audit_head "
            "BEGIN SELECT RAISE(ABORT, 'audit_head is append-only'); END"
        )


def allow_changes():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_head_append_only ON audit_head")
        op.execute("DROP FUNCTION audit_head_refuse()")
        return
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER audit_head_no_{act}")


def upgrade():
    op.create_table(
        "audit_head",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("blind", sa.String(length=64), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "call_key",
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["addendum.id"], name=op.f("fk_call_key_addendum_id_addendum")
        ),
        sa.PrimaryKeyConstraint("addendum_id", name=op.f("pk_call_key")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("object_key", sa.String(length=100), nullable=False),
        sa.Column("scanned", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_attachment_sha256_length")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_attachment_size_positive")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_attachment_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user_account.id"], name=op.f("fk_attachment_uploaded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("object_key", name=op.f("uq_attachment_object_key")),
    )
    op.create_index(op.f("ix_attachment_proposal_id"), "attachment", ["proposal_id"])
    op.create_table(
        "submitted_file",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_submitted_file_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submitted_file_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "attachment_id", name=op.f("pk_submitted_file")),
    )
    op.create_index(op.f("ix_submitted_file_attachment_id"), "submitted_file", ["attachment_id"])
    op.create_table(
        "reminder",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_reminder_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "deadline", "hours", name=op.f("pk_reminder")),
    )
    op.create_table(
        "section_save",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_section_save_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_section_save_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "section", "user_id", name=op.f("pk_section_save")),
    )
    with op.batch_alter_table("outbox_message") as batch:
        batch.add_column(sa.Column("document_template", sa.String(length=100), nullable=True))
        for name in ("document_data", "beside"):
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("submission") as batch:
        batch.add_column(sa.Column("sealed_content", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("sealed_statement", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("commitment", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("signature", sa.String(length=128), nullable=True))
        batch.add_column(sa.Column("entry_seq", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_unique_constraint(op.f("uq_submission_commitment"), ["commitment"])
    with op.batch_alter_table("opening") as batch:
        for which in ("first", "second"):
            batch.add_column(sa.Column(f"{which}_name", sa.String(length=120), nullable=False, server_default=""))
    keep_names_of_signers()
    seal_submissions()
    with op.batch_alter_table("submission") as batch:
        batch.alter_column("sealed_content", existing_type=sa.LargeBinary(), nullable=False)
        batch.drop_column("content")
    hide_claims()
    retype_expectations(
        sa.JSON(), sa.Text(), "", lambda given: closed("proposal.expectations", json.dumps(given) if given else "")
    )
    for table, columns in TEXTS.items():
        rewrite(table, columns, closed)
    forbid_changes()


def downgrade():
    allow_changes()
    for table, columns in TEXTS.items():
        rewrite(table, columns, readable)
    retype_expectations(
        sa.Text(), sa.JSON(), "{}", lambda text: json.loads(readable("proposal.expectations", text) or "{}")
    )
    with op.batch_alter_table("submission") as batch:
        batch.add_column(sa.Column("content", sa.Text(), nullable=True))
    unseal_submissions()
    show_claims()
    with op.batch_alter_table("submission") as batch:
        batch.alter_column("content", existing_type=sa.Text(), nullable=False)
        batch.drop_constraint(op.f("uq_submission_commitment"), type_="unique")
        for name in ("sealed_content", "sealed_statement", "commitment", "signature", "entry_seq", "refused_at"):
            batch.drop_column(name)
    with op.batch_alter_table("opening") as batch:
        for which in ("first", "second"):
            batch.drop_column(f"{which}_name")
    with op.batch_alter_table("outbox_message") as batch:
        batch.drop_column("beside")
        batch.drop_column("document_data")
        batch.drop_column("document_template")
    for table in ("section_save", "reminder", "submitted_file", "attachment", "call_key", "audit_head"):
        op.drop_table(table)
