"""Ports of the embedded run and the environment of each service in it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local import databases, postgres, processes
from deploy.local.layout import Layout
from deploy.local.secrets import Secrets
from thidua.services import DATABASE_SERVICES

HOST = "127.0.0.1"
MAIL_FROM = "thidua@localhost"
DEFAULT_PORTS = {
    "portal": 8080,
    "directory": 8081,
    "campaign": 8082,
    "dossier": 8083,
    "notification": 8084,
    "audit": 8085,
    "nats": 4222,
    "smtp": 8025,
}


class PortUnreadable(ValueError):
    """A variable that should name a port does not; the message names it."""


def variable(name: str) -> str:
    """The variable that moves a service, NATS or the mailbox to another port."""
    return f"THIDUA_{name.upper()}_PORT"


def chosen_ports(environment: Mapping[str, str] = os.environ) -> dict[str, int]:
    """The default ports, moved where the environment says so."""
    ports = dict(DEFAULT_PORTS)
    for name in ports:
        given = environment.get(variable(name))
        if given is None:
            continue
        if not given.isdecimal() or not 0 < int(given) < 65536:
            raise PortUnreadable(f"{variable(name)}={given}: cần một số cổng từ 1 đến 65535")
        ports[name] = int(given)
    return ports


def free_ports() -> dict[str, int]:
    """Ports that nobody holds now, for a run beside others."""
    return dict(zip(DEFAULT_PORTS, processes.free_ports(len(DEFAULT_PORTS)), strict=True))


@dataclass(frozen=True)
class Environments:
    """What each service is told. Asking makes the secrets it names, if they are missing."""

    layout: Layout
    ports: Mapping[str, int]

    @property
    def secrets(self) -> Secrets:
        return Secrets(self.layout.secrets)

    def url(self, service: str) -> str:
        return f"http://{HOST}:{self.ports[service]}"

    def of(self, service: str) -> dict[str, str]:
        """The THIDUA_… variables of one service: those its settings declare and no other."""
        told = {"THIDUA_HOST": HOST, "THIDUA_PORT": str(self.ports[service])}
        if service in DATABASE_SERVICES:
            told |= self._of_log(service)
        return told | _OWN[service](self)

    def dsn(self, database: str, role: str) -> str:
        return postgres.url(database, role, None, str(self.layout.socket), postgres.PORT)

    def owner_dsn(self, database: str) -> str:
        password = self.role_password(databases.OWNER).read_text()
        host = str(self.layout.socket)
        return postgres.url(database, databases.OWNER, password, host, postgres.PORT)

    def role_password(self, role: str) -> Path:
        return self.secrets.password(f"postgres-{role}")

    def nats_password(self, service: str) -> Path:
        return self.secrets.password(f"nats-{service}")

    def administrator_password(self) -> Path:
        return self.secrets.readable_password("administrator-password")

    def _urls(self, *services: str) -> dict[str, str]:
        return {f"THIDUA_{service.upper()}_URL": self.url(service) for service in services}

    def _of_log(self, service: str) -> dict[str, str]:
        role = databases.application_role(service)
        return {
            "THIDUA_DATABASE_DSN": self.dsn(service, role),
            "THIDUA_DATABASE_PASSWORD_FILE": str(self.role_password(role)),
            "THIDUA_NATS_URL": f"nats://{HOST}:{self.ports['nats']}",
            "THIDUA_NATS_USER": service,
            "THIDUA_NATS_PASSWORD_FILE": str(self.nats_password(service)),
            "THIDUA_LOG_TOKEN_FILE": str(self.secrets.password("log-token")),
            **self._urls("directory"),
        }

    def _of_keys(self, service: str) -> dict[str, str]:
        role = databases.application_role(service)
        return {
            "THIDUA_KEYS_DSN": self.dsn(databases.KEYS, role),
            "THIDUA_KEYS_PASSWORD_FILE": str(self.role_password(role)),
            "THIDUA_KEK_FILE": str(self.secrets.raw_key("kek")),
        }

    def _of_directory(self) -> dict[str, str]:
        return self._of_keys("directory") | {
            "THIDUA_SIGNING_KEY_FILE": str(self.secrets.signing_key("directory-signing-key")),
            "THIDUA_ADMIN_PASSWORD_FILE": str(self.administrator_password()),
        }

    def _of_campaign(self) -> dict[str, str]:
        return {"THIDUA_EVIDENCE_DIR": str(self.layout.plans)}

    def _of_dossier(self) -> dict[str, str]:
        return {
            **self._of_keys("dossier"),
            **self._urls("campaign"),
            "THIDUA_EVIDENCE_DIR": str(self.layout.evidence),
            "THIDUA_PSEUDONYM_KEY_FILE": str(self.secrets.text_key("pseudonym-key")),
        }

    def _of_notification(self) -> dict[str, str]:
        return self._urls("campaign", "dossier") | {
            "THIDUA_SMTP_HOST": HOST,
            "THIDUA_SMTP_PORT": str(self.ports["smtp"]),
            "THIDUA_MAIL_FROM": MAIL_FROM,
        }

    def _of_audit(self) -> dict[str, str]:
        return self._urls("campaign", "dossier", "notification", "audit") | {
            "THIDUA_AUDIT_KEY_FILE": str(self.secrets.signing_key("audit-key"))
        }

    def _of_portal(self) -> dict[str, str]:
        return self._urls(*DATABASE_SERVICES) | {
            "THIDUA_SESSION_KEY_FILE": str(self.secrets.text_key("session-key"))
        }


_OWN: Mapping[str, Callable[[Environments], dict[str, str]]] = {
    "directory": Environments._of_directory,
    "campaign": Environments._of_campaign,
    "dossier": Environments._of_dossier,
    "notification": Environments._of_notification,
    "audit": Environments._of_audit,
    "portal": Environments._of_portal,
}
