"""The eventsourcing library's own published cases, run as the restricted application role."""

from typing import Any
from unittest import TestCase
from urllib.parse import unquote

import pytest
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    ProcessRecorder,
    TrackingRecorder,
)
from eventsourcing.postgres import (
    PostgresAggregateRecorder,
    PostgresFactory,
    PostgresTrackingRecorder,
)
from eventsourcing.tests import persistence as cases
from eventsourcing.utils import Environment, get_topic
from psycopg.conninfo import conninfo_to_dict

from libs.eventlog.recorder import GroupCommitRecorder
from libs.eventlog.tests.conftest import OWNER, Database


class WithLog(TestCase):
    database: Database

    @pytest.fixture(autouse=True)
    def _own_log(self, database: Database) -> None:
        self.database = database

    def create_recorder(self) -> Any:
        return self.database.recorder()


class WithoutIds(GroupCommitRecorder):
    """The aggregate case alone asserts that inserting returns None."""

    def insert_events(self, *args: Any, **kwargs: Any) -> None:
        super().insert_events(*args, **kwargs)


class TestAggregateRecorder(WithLog, cases.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return WithoutIds(self.database.datastore())


class TestApplicationRecorder(WithLog, cases.ApplicationRecorderTestCase):
    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestTrackingRecorder(WithLog, cases.TrackingRecorderTestCase):
    pass


class TestProcessRecorder(WithLog, cases.ProcessRecorderTestCase):
    pass


class TestNonInterleaving(WithLog, cases.NonInterleavingNotificationIDsBaseCase):
    pass


class OwnTracking(PostgresTrackingRecorder):
    pass


class TestFactory(WithLog, cases.InfrastructureFactoryTestCase[PostgresFactory]):
    """Our recorder chosen by topic; as the owner, because the case creates tables."""

    def setUp(self) -> None:
        place = conninfo_to_dict(self.database.dsn(OWNER))
        topic = get_topic(GroupCommitRecorder)
        self.env = Environment(
            "test",
            {
                "PERSISTENCE_MODULE": "eventsourcing.postgres",
                "POSTGRES_DBNAME": self.database.name,
                "POSTGRES_HOST": unquote(str(place["host"])),
                "POSTGRES_PORT": str(place["port"]),
                "POSTGRES_USER": OWNER,
                "POSTGRES_PASSWORD": str(place["password"]),
                "POSTGRES_SCHEMA": "log",
                "APPLICATION_RECORDER_TOPIC": topic,
                "PROCESS_RECORDER_TOPIC": topic,
            },
        )
        super().setUp()

    def expected_factory_class(self) -> type[PostgresFactory]:
        return PostgresFactory

    def expected_aggregate_recorder_class(self) -> type[AggregateRecorder]:
        return PostgresAggregateRecorder

    def expected_application_recorder_class(self) -> type[ApplicationRecorder]:
        return GroupCommitRecorder

    def expected_tracking_recorder_class(self) -> type[TrackingRecorder]:
        return PostgresTrackingRecorder

    def tracking_recorder_subclass(self) -> type[TrackingRecorder]:
        return OwnTracking

    def expected_process_recorder_class(self) -> type[ProcessRecorder]:
        return GroupCommitRecorder
