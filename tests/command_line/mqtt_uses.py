"""Wrong uses of `aufruf mqtt`, and what its one line must name. In the folder of `test_wrong_uses`."""

SECRET = "s3cret-Pass"
LINE = ["--server", "http://127.0.0.1:9", "--token-file", "good.token"]
MQTT = ["mqtt", *LINE, "--broker"]
AT_HOME = [*MQTT, "mqtt://h"]
NO_BROKER = ("h:1883", "http://h", "mqtt://", "mqtt://h:0", "mqtt://h:port", "mqtt://h/topic", f"mqtt://a:{SECRET}@h")
NO_TOPIC = ("/a", "a/", "a//b", "a/#", "+", "$SYS", "x" * 101)
MQTT_USES: list[tuple[list[str], str]] = [
    *(([*MQTT, at], "--broker") for at in NO_BROKER),
    *(([*AT_HOME, "--topic-prefix", prefix], "--topic-prefix") for prefix in NO_TOPIC),
    (MQTT[:-1], "--broker"),
    ([*AT_HOME, "--broker-ca", "cert.pem"], "--broker-ca: is only for a broker with TLS"),
    ([*MQTT, "mqtts://h", "--broker-ca", "nope"], "--broker-ca: nope cannot be read"),
    ([*MQTT, "mqtts://h", "--broker-ca", "note.txt"], "--broker-ca: note.txt holds no certificate"),
    ([*AT_HOME, "--broker-password-file", "note.txt"], "--broker-password-file: needs --broker-user"),
    ([*AT_HOME, "--broker-user", "a", "--broker-password-file", "nope"], "--broker-password-file: nope cannot be read"),
    ([*AT_HOME, "--broker-user", "a", "--broker-password-file", "empty.token"], "holds no password"),
    ([*AT_HOME, "--broker-user", "a", "--broker-password-file", "picture.token"], "is no text"),
    ([*AT_HOME, "--button-token-file", "letter.token"], "--button-token-file"),
    (["mqtt", *LINE[:2], "--token-file", "letter.token", "--broker", "mqtt://h"], "--token-file"),
]
