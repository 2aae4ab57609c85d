"""publishing: documents being read, versions, followers, questions, workshops, the thirteen life domains

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21 07:11:07.081252

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

# The names of 0001 that the published scale does not have; the rest stayed.
PUBLISHED = {
    "Dagbesteding en werk": "Werk en opleiding",
    "Opvoeding en zorg voor kinderen": "Huiselijke relaties",
    "Taal en geletterdheid": "Werk en opleiding",
    "Vaardigheden in het dagelijks leven": "Instrumentele ADL",
    "Verslaving": "Middelengebruik",
}
EARLIER = {
    "Tijdsbesteding": "Dagbesteding en werk",
    "Werk en opleiding": "Dagbesteding en werk",
    "Basale ADL": "Vaardigheden in het dagelijks leven",
    "Instrumentele ADL": "Vaardigheden in het dagelijks leven",
    "Middelengebruik": "Verslaving",
}
OBSTACLES = sa.table(
    "obstacle", sa.column("id"), sa.column("life_domain", sa.String), sa.column("life_domains", sa.JSON)
)


def rename_life_domains():
    """One domain per obstacle becomes a list; lists elsewhere take the published names."""
    rows = op.get_bind().execute(sa.select(OBSTACLES.c.id, OBSTACLES.c.life_domain)).all()
    for row_id, name in rows:
        names = [PUBLISHED.get(name, name)] if name else []
        change = sa.update(OBSTACLES).where(OBSTACLES.c.id == row_id).values(life_domains=names)
        op.get_bind().execute(change)
    rename_lists(PUBLISHED)


def keep_first_life_domain():
    """The way back keeps one domain per obstacle, under its earlier name."""
    rows = op.get_bind().execute(sa.select(OBSTACLES.c.id, OBSTACLES.c.life_domains)).all()
    for row_id, names in rows:
        name = EARLIER.get(names[0], names[0]) if names else ""
        op.get_bind().execute(sa.update(OBSTACLES).where(OBSTACLES.c.id == row_id).values(life_domain=name))
    rename_lists(EARLIER)


def rename_lists(names):
    for table_name in ("persona", "organisation", "offer"):
        table = sa.table(table_name, sa.column("id"), sa.column("life_domains", sa.JSON))
        for row_id, stored in op.get_bind().execute(sa.select(table.c.id, table.c.life_domains)).all():
            wanted = list(dict.fromkeys(names.get(one, one) for one in stored))
            if wanted != stored:
                op.get_bind().execute(
                    sa.update(table).where(table.c.id == row_id).values(life_domains=wanted)
                )


def create_search():
    """What visitors search in, laid down by `app.addenda.finding`; empty until `addendum reindex`."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE call_search USING fts5("
            "terms, passages UNINDEXED, words UNINDEXED, tokenize = 'unicode61 remove_diacritics 0')"
        )
        return
    op.execute(
        "CREATE TABLE call_search ("
        "addendum_id integer PRIMARY KEY REFERENCES addendum (id) ON DELETE CASCADE, "
        "terms tsvector NOT NULL, passages text NOT NULL, words text NOT NULL)"
    )
    op.execute("CREATE INDEX ix_call_search_terms ON call_search USING gin (terms)")


def upgrade():
    create_search()
    op.create_table('addendum_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('addendum_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('snapshot', sa.JSON(), nullable=False),
    sa.Column('touched', sa.JSON(), nullable=False),
    sa.CheckConstraint("number = 1 OR reason <> ''", name=op.f('ck_addendum_version_change_has_reason')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_addendum_version_number_from_one')),
    sa.ForeignKeyConstraint(['addendum_id'], ['addendum.id'], name=op.f('fk_addendum_version_addendum_id_addendum')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_addendum_version_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addendum_version')),
    sa.UniqueConstraint('addendum_id', 'number', name='uq_addendum_version_number')
    )
    with op.batch_alter_table('addendum_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_addendum_version_addendum_id'), ['addendum_id'], unique=False)

    op.create_table('amendment',
    sa.Column('addendum_id', sa.Integer(), nullable=False),
    sa.Column('patches', sa.JSON(), nullable=False),
    sa.Column('started_by_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['addendum_id'], ['addendum.id'], name=op.f('fk_amendment_addendum_id_addendum')),
    sa.ForeignKeyConstraint(['started_by_id'], ['user_account.id'], name=op.f('fk_amendment_started_by_id_user_account')),
    sa.PrimaryKeyConstraint('addendum_id', name=op.f('pk_amendment'))
    )
    op.create_table('follower',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('addendum_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('length(key) >= 32', name=op.f('ck_follower_key_length')),
    sa.ForeignKeyConstraint(['addendum_id'], ['addendum.id'], name=op.f('fk_follower_addendum_id_addendum')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follower')),
    sa.UniqueConstraint('addendum_id', 'email', name='uq_follower_address'),
    sa.UniqueConstraint('key', name=op.f('uq_follower_key'))
    )
    with op.batch_alter_table('follower', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follower_addendum_id'), ['addendum_id'], unique=False)

    op.create_table('import_job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_area_id', sa.Integer(), nullable=False),
    sa.Column('addendum_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('source_name', sa.String(length=200), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('refusal', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('heartbeat_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'refused') = (refusal <> '')", name=op.f('ck_import_job_refusal_has_reason')),
    sa.CheckConstraint("state IN ('waiting', 'reading', 'read', 'refused')", name=op.f('ck_import_job_state_known')),
    sa.ForeignKeyConstraint(['addendum_id'], ['addendum.id'], name=op.f('fk_import_job_addendum_id_addendum')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_import_job_by_id_user_account')),
    sa.ForeignKeyConstraint(['service_area_id'], ['service_area.id'], name=op.f('fk_import_job_service_area_id_service_area')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_job')),
    sa.UniqueConstraint('key', name=op.f('uq_import_job_key'))
    )
    with op.batch_alter_table('import_job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_job_addendum_id'), ['addendum_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_job_service_area_id'), ['service_area_id'], unique=False)

    op.create_table('question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('addendum_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('public_text', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('same_as_id', sa.Integer(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('set_aside_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("asked_by_id IS NOT NULL OR email <> ''", name=op.f('ck_question_has_asker')),
    sa.CheckConstraint("published_at IS NULL OR (answer <> '' AND public_text <> '') OR same_as_id IS NOT NULL", name=op.f('ck_question_published_has_answer')),
    sa.CheckConstraint('same_as_id IS NULL OR same_as_id <> id', name=op.f('ck_question_same_as_another')),
    sa.ForeignKeyConstraint(['addendum_id'], ['addendum.id'], name=op.f('fk_question_addendum_id_addendum')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user_account.id'], name=op.f('fk_question_answered_by_id_user_account')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_question_asked_by_id_user_account')),
    sa.ForeignKeyConstraint(['same_as_id'], ['question.id'], name=op.f('fk_question_same_as_id_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question')),
    sa.UniqueConstraint('key', name=op.f('uq_question_key'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_addendum_id'), ['addendum_id'], unique=False)

    op.create_table('workshop',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('addendum_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('held_on', sa.String(length=100), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('paused_topics', sa.JSON(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('closed_at IS NULL OR opened_at IS NOT NULL', name=op.f('ck_workshop_opened_before_closed')),
    sa.ForeignKeyConstraint(['addendum_id'], ['addendum.id'], name=op.f('fk_workshop_addendum_id_addendum')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user_account.id'], name=op.f('fk_workshop_created_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop')),
    sa.UniqueConstraint('code', name=op.f('uq_workshop_code'))
    )
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_addendum_id'), ['addendum_id'], unique=False)

    op.create_table('amendment_confirmation',
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('addendum_version_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['addendum_version_id'], ['addendum_version.id'], name=op.f('fk_amendment_confirmation_addendum_version_id_addendum_version')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_amendment_confirmation_by_id_user_account')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_amendment_confirmation_proposal_id_proposal')),
    sa.PrimaryKeyConstraint('proposal_id', 'addendum_version_id', name=op.f('pk_amendment_confirmation'))
    )
    op.create_table('workshop_note_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('challenge_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('taken_as', sa.String(length=20), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_row_id', sa.Integer(), nullable=True),
    sa.Column('taken_text', sa.String(length=1000), nullable=False),
    sa.CheckConstraint('merged_into_id IS NULL OR merged_into_id <> id', name=op.f('ck_workshop_note_group_merged_into_another')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['workshop_note_group.id'], name=op.f('fk_workshop_note_group_merged_into_id_workshop_note_group')),
    sa.CheckConstraint("(taken_as = '') = (taken_at IS NULL)", name=op.f('ck_workshop_note_group_taken_once')),
    sa.CheckConstraint("taken_as IN ('', 'recurring', 'attention', 'obstacle', 'profile', 'challenge')", name=op.f('ck_workshop_note_group_taken_as_known')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_workshop_note_group_challenge_id_challenge'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_note_group_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_note_group'))
    )
    with op.batch_alter_table('workshop_note_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_note_group_challenge_id'), ['challenge_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_note_group_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('workshop_participant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_participant_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_participant')),
    sa.UniqueConstraint('key', name=op.f('uq_workshop_participant_key'))
    )
    with op.batch_alter_table('workshop_participant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_participant_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('workshop_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('client_key', sa.String(length=64), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('agrees', sa.Boolean(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['workshop_note_group.id'], name=op.f('fk_workshop_note_group_id_workshop_note_group')),
    sa.ForeignKeyConstraint(['participant_id'], ['workshop_participant.id'], name=op.f('fk_workshop_note_participant_id_workshop_participant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_note')),
    sa.UniqueConstraint('participant_id', 'client_key', name='uq_workshop_note_once')
    )
    with op.batch_alter_table('workshop_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_note_group_id'), ['group_id'], unique=False)

    with op.batch_alter_table('addendum', schema=None) as batch_op:
        batch_op.add_column(sa.Column('vision', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('mission', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('questions_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('cloned_from_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('publication_asked_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('publication_asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('publication_asked_version', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_addendum_publication_asked_by_id_user_account'), 'user_account', ['publication_asked_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_addendum_cloned_from_id_addendum'), 'addendum', ['cloned_from_id'], ['id'])

    with op.batch_alter_table('obstacle', schema=None) as batch_op:
        batch_op.add_column(sa.Column('life_domains', sa.JSON(), server_default='[]', nullable=False))
    rename_life_domains()
    with op.batch_alter_table('obstacle', schema=None) as batch_op:
        batch_op.drop_column('life_domain')

    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stop_url', sa.String(length=500), nullable=True))

    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('call_version', sa.Integer(), server_default='1', nullable=False))

    with op.batch_alter_table('persona', schema=None) as batch_op:
        batch_op.add_column(sa.Column('occurrence', sa.String(length=200), server_default='', nullable=False))

    with op.batch_alter_table('service_area', schema=None) as batch_op:
        batch_op.add_column(sa.Column('publication_by_two', sa.Boolean(), server_default=sa.false(), nullable=False))



def downgrade():
    op.execute("DROP TABLE call_search")
    with op.batch_alter_table('service_area', schema=None) as batch_op:
        batch_op.drop_column('publication_by_two')

    with op.batch_alter_table('persona', schema=None) as batch_op:
        batch_op.drop_column('occurrence')

    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_column('call_version')

    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_column('stop_url')

    with op.batch_alter_table('obstacle', schema=None) as batch_op:
        batch_op.add_column(sa.Column('life_domain', sa.String(length=60), server_default='', nullable=False))
    keep_first_life_domain()
    with op.batch_alter_table('obstacle', schema=None) as batch_op:
        batch_op.drop_column('life_domains')

    with op.batch_alter_table('addendum', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_addendum_cloned_from_id_addendum'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_addendum_publication_asked_by_id_user_account'), type_='foreignkey')
        batch_op.drop_column('publication_asked_version')
        batch_op.drop_column('publication_asked_at')
        batch_op.drop_column('publication_asked_by_id')
        batch_op.drop_column('cloned_from_id')
        batch_op.drop_column('questions_until')
        batch_op.drop_column('mission')
        batch_op.drop_column('vision')

    with op.batch_alter_table('workshop_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_note_group_id'))

    op.drop_table('workshop_note')
    with op.batch_alter_table('workshop_participant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_participant_workshop_id'))

    op.drop_table('workshop_participant')
    with op.batch_alter_table('workshop_note_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_note_group_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_workshop_note_group_challenge_id'))

    op.drop_table('workshop_note_group')
    op.drop_table('amendment_confirmation')
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_addendum_id'))

    op.drop_table('workshop')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_addendum_id'))

    op.drop_table('question')
    with op.batch_alter_table('import_job', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_job_service_area_id'))
        batch_op.drop_index(batch_op.f('ix_import_job_addendum_id'))

    op.drop_table('import_job')
    with op.batch_alter_table('follower', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follower_addendum_id'))

    op.drop_table('follower')
    op.drop_table('amendment')
    with op.batch_alter_table('addendum_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_addendum_version_addendum_id'))

    op.drop_table('addendum_version')
