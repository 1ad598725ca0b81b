"""The names under which this service's events are stored."""

from libs.eventlog.events import Registry

events = Registry("campaign")
