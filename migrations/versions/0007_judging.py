"""judging: assignment, likely conflicts, the pitch day, versions of sheets, templates of criteria

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-21 17:30:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "criteria_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_area_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("round IN ('written', 'pitch')", name=op.f("ck_criteria_template_round_known")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_criteria_template_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["service_area_id"],
            ["service_area.id"],
            name=op.f("fk_criteria_template_service_area_id_service_area"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_template")),
    )
    with op.batch_alter_table("criteria_template", schema=None) as batch_op:
        batch_op.create_index(
            "uq_criteria_template_name",
            ["service_area_id", "round", "name"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "assignment_plan",
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("per_proposal", sa.Integer(), nullable=False),
        sa.Column("least", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "per_proposal BETWEEN 1 AND 50", name=op.f("ck_assignment_plan_per_proposal_range")
        ),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_assignment_plan_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_assignment_plan_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("addendum_id", name=op.f("pk_assignment_plan")),
    )
    op.create_table(
        "conflict_hint_dismissal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("kinds", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_conflict_hint_dismissal_reasoned")),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_conflict_hint_dismissal_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_conflict_hint_dismissal_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["juror_id"], ["user_account.id"], name=op.f("fk_conflict_hint_dismissal_juror_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_conflict_hint_dismissal_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_hint_dismissal")),
        sa.UniqueConstraint(
            "addendum_id", "juror_id", "organisation_id", name="uq_conflict_hint_dismissal_pair"
        ),
    )
    with op.batch_alter_table("conflict_hint_dismissal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_hint_dismissal_juror_id"), ["juror_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_conflict_hint_dismissal_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "juror_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("round IN ('written', 'pitch')", name=op.f("ck_juror_reminder_round_known")),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_juror_reminder_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_juror_reminder_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["juror_id"], ["user_account.id"], name=op.f("fk_juror_reminder_juror_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_juror_reminder")),
        sa.UniqueConstraint(
            "addendum_id", "round", "juror_id", "kind", "day", name="uq_juror_reminder_once"
        ),
    )

    op.create_table(
        "jury_rule",
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("vdab", sa.Integer(), nullable=False),
        sa.Column("local_authority", sa.Integer(), nullable=False),
        sa.Column("independent", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "vdab BETWEEN 0 AND 50 AND local_authority BETWEEN 0 AND 50 AND independent BETWEEN 0 AND 50 AND total BETWEEN 0 AND 50",
            name=op.f("ck_jury_rule_counts_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_jury_rule_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_jury_rule_by_id_user_account")),
        sa.PrimaryKeyConstraint("addendum_id", name=op.f("pk_jury_rule")),
    )
    op.create_table(
        "pitch_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_pitch_plan_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_pitch_plan_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_plan")),
        sa.UniqueConstraint("addendum_id", "number", name="uq_pitch_plan_number"),
    )
    op.create_table(
        "assignment",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("reads", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reads OR by_hand", name=op.f("ck_assignment_off_by_hand")),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_assignment_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_assignment_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["juror_id"], ["user_account.id"], name=op.f("fk_assignment_juror_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_assignment_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "juror_id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_juror", ["addendum_id", "juror_id"], unique=False)

    op.create_table(
        "juror_expertise",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("life_domain", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["seat_id"],
            ["jury_seat.id"],
            name=op.f("fk_juror_expertise_seat_id_jury_seat"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("seat_id", "life_domain", name=op.f("pk_juror_expertise")),
    )
    op.create_table(
        "pitch_absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(juror_id IS NULL) <> (proposal_id IS NULL)", name=op.f("ck_pitch_absence_one_of_two")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_pitch_absence_starts_before_end")),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_pitch_absence_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_pitch_absence_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["juror_id"], ["user_account.id"], name=op.f("fk_pitch_absence_juror_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_pitch_absence_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_absence")),
    )
    with op.batch_alter_table("pitch_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pitch_absence_addendum_id"), ["addendum_id"], unique=False)

    op.create_table(
        "pitch_hearing",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applicant_present", sa.Boolean(), nullable=True),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR began_at IS NOT NULL", name=op.f("ck_pitch_hearing_begins_before_end")
        ),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_pitch_hearing_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_pitch_hearing_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_pitch_hearing_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_pitch_hearing")),
    )
    with op.batch_alter_table("pitch_hearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pitch_hearing_addendum_id"), ["addendum_id"], unique=False)

    op.create_table(
        "score_sheet_version",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('saved', 'submitted', 'reopened')", name=op.f("ck_score_sheet_version_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["score_sheet.id"],
            name=op.f("fk_score_sheet_version_sheet_id_score_sheet"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sheet_id", "version", name=op.f("pk_score_sheet_version")),
    )
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.add_column(sa.Column("least_reason", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("consensus", schema=None) as batch_op:
        batch_op.add_column(sa.Column("present", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("may_be_skipped", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("pitch_slot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("room", sa.String(length=120), server_default="", nullable=False))

    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("not_applicable", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_check_constraint("applies_or_not", "level IS NULL OR NOT not_applicable")


def downgrade():
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_constraint("applies_or_not", type_="check")
        batch_op.drop_column("not_applicable")

    with op.batch_alter_table("pitch_slot", schema=None) as batch_op:
        batch_op.drop_column("room")

    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.drop_column("may_be_skipped")

    with op.batch_alter_table("consensus", schema=None) as batch_op:
        batch_op.drop_column("present")

    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.drop_column("least_reason")

    op.drop_table("score_sheet_version")
    with op.batch_alter_table("pitch_hearing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pitch_hearing_addendum_id"))

    op.drop_table("pitch_hearing")
    with op.batch_alter_table("pitch_absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pitch_absence_addendum_id"))

    op.drop_table("pitch_absence")
    op.drop_table("juror_expertise")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_juror")

    op.drop_table("assignment")
    op.drop_table("pitch_plan")
    op.drop_table("jury_rule")
    op.drop_table("juror_reminder")
    with op.batch_alter_table("conflict_hint_dismissal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_hint_dismissal_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_conflict_hint_dismissal_juror_id"))

    op.drop_table("conflict_hint_dismissal")
    op.drop_table("assignment_plan")
    with op.batch_alter_table("criteria_template", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_criteria_template_name",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.drop_table("criteria_template")
