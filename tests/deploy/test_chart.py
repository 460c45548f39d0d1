"""Helm itself renders the chart, which fits Kubernetes' schemas and says what the service understands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import yaml

from service.settings import Settings
from service.version import VERSION
from tests.programs import module

CHART: Final = Path(__file__).resolve().parents[2] / "deploy" / "helm"
KUBERNETES: Final = ("1.30", "1.37")
"""The oldest version that the chart takes, and the newest whose schemas there are."""
VALUES: Final[dict[str, Any]] = {
    "settings": {"PUBLIC_URL": "https://riverside.example.org", "DATABASE_CONNECTIONS_MAX": 12},
    "ingress": {
        "enabled": True,
        "className": "haproxy",
        "hosts": ["riverside.example.org", "hillside.example.org"],
        "tlsSecret": "rewards-tls",
        "annotations": {"haproxy.org/timeout-server": "1h"},
    },
}
SETTINGS: Final = {field.name.upper() for field in msgspec.structs.fields(Settings)}

Object = dict[str, Any]


def rendered(values: Object) -> dict[str, list[Object]]:
    """Render the chart; gives the objects of each template."""
    with module("helm_python").Chart.load(str(CHART)) as chart:
        texts = chart.render(values, name="cell-a", namespace="rewards")
    return {
        name.rpartition("/")[2]: [one for one in yaml.safe_load_all(text) if one]
        for name, text in texts.items()
    }


@pytest.fixture(scope="module")
def objects() -> dict[str, Object]:
    """Render it with everything on; gives the objects by kind and name."""
    return {
        f"{one['kind']} {one['metadata']['name']}": one
        for all_of in rendered(VALUES).values()
        for one in all_of
    }


def pods(objects: dict[str, Object]) -> Iterator[tuple[str, Object]]:
    """Walk the pods that it makes, with the names of what makes them."""
    for name, one in objects.items():
        spec = one["spec"].get("jobTemplate", one)["spec"]
        if "template" in spec:
            yield name, spec["template"]["spec"]


def test_helm_finds_no_fault_and_every_template_makes_something() -> None:
    """Linted as strictly as Helm can; an icon is all that it misses."""
    said = module("helm_python").lint(str(CHART), VALUES, strict=True)
    assert [one["error"] for one in said["messages"] if one["error"] != "icon is recommended"] == []
    made = rendered(VALUES)
    templates = {path.name for path in (CHART / "templates").glob("*.yaml")}
    assert {name for name, all_of in made.items() if all_of} == templates


@pytest.mark.parametrize("version", KUBERNETES)
def test_every_object_fits_the_schema_of_kubernetes(objects: dict[str, Object], version: str) -> None:
    """Strictly: a field that Kubernetes does not know is a fault."""
    check = module("kubernetes_validate")
    for name, one in objects.items():
        check.validate(one, version, strict=True)
        with pytest.raises(check.ValidationError):
            check.validate({**one, "spec": {**one["spec"], "nobodyKnows": name}}, version, strict=True)


def test_pods_are_nobody_of_importance_and_write_nowhere(objects: dict[str, Object]) -> None:
    """As the image's own user, without rights and without a token of the cluster."""
    for name, pod in pods(objects):
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        (container,) = pod["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }, name
        assert container["image"] == f"rewards:{VERSION}", name
        assert container["resources"]["limits"]["memory"], name


def test_every_name_in_an_environment_is_a_setting_and_every_file_is_mounted(
    objects: dict[str, Object],
) -> None:
    """Of the owner of the tables the migrations alone know."""
    for name, pod in pods(objects):
        (container,) = pod["containers"]
        given = {one["name"]: one["value"] for one in container["env"]}
        assert {one.removesuffix("_FILE") for one in given} <= SETTINGS, name
        assert all(isinstance(value, str) for value in given.values()), name
        assert given["PUBLIC_URL"] == "https://riverside.example.org"
        mounted = {mount["mountPath"] for mount in container["volumeMounts"]}
        folders = {value.rpartition("/")[0] for setting, value in given.items() if setting.endswith("_FILE")}
        assert folders <= mounted, name
        assert {mount["name"] for mount in container["volumeMounts"]} == {
            one["name"] for one in pod["volumes"]
        }
        assert ("MIGRATION_DATABASE_URL_FILE" in given) == (name == "Job cell-a-migrate")


def test_migrations_come_before_the_pods_of_a_release(objects: dict[str, Object]) -> None:
    """And what serves is always more than one, on more than one machine where there are."""
    job = objects["Job cell-a-migrate"]
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    for part in ("web", "worker"):
        spec = objects[f"Deployment cell-a-{part}"]["spec"]
        assert spec["replicas"] >= 2
        (spread,) = spec["template"]["spec"]["topologySpreadConstraints"]
        assert spread["labelSelector"] == spec["selector"]
        assert spec["selector"]["matchLabels"] == spec["template"]["metadata"]["labels"]
    assert objects["PodDisruptionBudget cell-a-web"]["spec"]["maxUnavailable"] == 1


def test_requests_reach_the_web_processes_and_metrics_only_whoever_watches(
    objects: dict[str, Object],
) -> None:
    """Ports are named alike from the ingress to the container, and the probes ask at their own port."""
    (rule, _) = objects["Ingress cell-a"]["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    service = objects[f"Service {path['backend']['service']['name']}"]["spec"]
    web = objects["Deployment cell-a-web"]["spec"]["template"]
    assert service["selector"].items() <= web["metadata"]["labels"].items()
    (container,) = web["spec"]["containers"]
    ports = {one["name"]: one["containerPort"] for one in container["ports"]}
    assert [one["targetPort"] for one in service["ports"]] == ["http"]
    given = {one["name"]: one["value"] for one in container["env"]}
    assert (ports["http"], str(ports["metrics"])) == (8000, given["METRICS_PORT"])
    probes = [container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "readiness", "liveness")]
    assert [(one["path"], one["port"]) for one in probes] == [
        ("/livez", "metrics"), ("/readyz", "metrics"), ("/livez", "metrics"),
    ]  # fmt: skip  # table: what each probe asks
    everybody, watching = objects["NetworkPolicy cell-a"]["spec"]["ingress"]
    assert ([one["port"] for one in everybody["ports"]], "from" in everybody) == ([8000], False)
    assert ([one["port"] for one in watching["ports"]], "from" in watching) == ([9000], True)


@pytest.mark.parametrize(
    "wrong",
    [{"web": {"replicas": 0}}, {"settings": {"public_url": "x"}}, {"secret": ""}, {"wbe": {}}],
    ids=["no replicas", "not a setting's name", "no secret", "misspelled"],
)
def test_values_that_cannot_be_meant_are_refused(wrong: Object) -> None:
    """By the chart's own schema, before anything is made."""
    helm = module("helm_python")
    with helm.Chart.load(str(CHART)) as chart, pytest.raises(helm.HelmError):
        chart.validate_schema(chart.merge_values(wrong))
