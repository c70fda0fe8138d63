#!/usr/bin/env bash
# Starts the original control plane on loopback, for a side-by-side measurement: no fsync, no rate limits, no flow control,
# so that it is measured at its best. Needs openssl and, in $KUBEBUILDER_ASSETS, etcd, kube-apiserver, kube-controller-manager,
# kube-scheduler, kwok and kwok-stages.yaml.
# usage: start.sh DIR PORT [api]
# With api: etcd and the API server alone, flow control included, as the recordings' scripts were played.
# DIR/admin.kubeconfig can be used once DIR/ready exists; ends all of it when its standard input ends.
set -euo pipefail
bin=${KUBEBUILDER_ASSETS:?names no folder with the original}
dir=$(mkdir -p "$1" && cd "$1" && pwd)
port=$2
needed=(etcd kube-apiserver kube-controller-manager kube-scheduler kwok)
tuned=(--max-requests-inflight=0 --max-mutating-requests-inflight=0 --enable-priority-and-fairness=false)
if [ "${3:-}" = api ]; then
  needed=(etcd kube-apiserver)
  tuned=()
fi
for b in "${needed[@]}"; do
  [ -x "$bin/$b" ] || { echo "start.sh: $b is not in $bin" >&2; exit 1; }
done
cd "$dir"

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" 2>/dev/null; }
issue() { # NAME SUBJECT
  key "$1"
  openssl req -new -key "$1.key" -subj "$2" -out "$1.csr" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out "$1.crt" 2>/dev/null -extfile <(
    printf 'extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.0.0.1')
}
kubeconfig() { # USER
  cat > "$1.kubeconfig" <<EOF
apiVersion: v1
kind: Config
current-context: original
clusters: [{name: original, cluster: {server: "https://127.0.0.1:$port", certificate-authority-data: $(base64 -w0 ca.crt)}}]
contexts: [{name: original, context: {cluster: original, user: $1}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$1.crt"), client-key-data: $(base64 -w0 "$1.key")}}]
EOF
}
if [ ! -f admin.kubeconfig ]; then
  key ca
  openssl req -x509 -new -key ca.key -days 30 -subj /CN=ca -out ca.crt 2>/dev/null
  openssl genrsa -out sa.key 2048 2>/dev/null
  openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null
  issue server /CN=kube-apiserver
  issue admin /O=system:masters/CN=admin
  kubeconfig admin
fi

pids=()
start() { "$bin/$1" "${@:2}" > "$1.log" 2>&1 & pids+=($!); }
stop() {
  trap - EXIT INT TERM
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do kill "${pids[i]}" 2>/dev/null || true; done
  wait
}
trap stop EXIT
trap 'exit 0' INT TERM

etcd=$((port + 1))
start etcd --data-dir etcd --unsafe-no-fsync --log-level error --listen-client-urls "http://127.0.0.1:$etcd" \
  --advertise-client-urls "http://127.0.0.1:$etcd" --listen-peer-urls "http://127.0.0.1:$((port + 2))" \
  --initial-advertise-peer-urls "http://127.0.0.1:$((port + 2))" --initial-cluster "default=http://127.0.0.1:$((port + 2))"
start kube-apiserver --etcd-servers "http://127.0.0.1:$etcd" --bind-address 127.0.0.1 --advertise-address 127.0.0.1 \
  --secure-port "$port" --tls-cert-file server.crt --tls-private-key-file server.key --client-ca-file ca.crt \
  --service-account-key-file sa.pub --service-account-signing-key-file sa.key --service-account-issuer https://kubernetes.default.svc \
  --service-cluster-ip-range 10.0.0.0/16 --endpoint-reconciler-type none "${tuned[@]}"
until curl -sf --cacert ca.crt --cert admin.crt --key admin.key "https://127.0.0.1:$port/readyz" > /dev/null; do
  kill -0 "${pids[1]}" 2>/dev/null || { tail -3 kube-apiserver.log >&2; exit 1; }
  sleep 0.1
done
touch serving
if [ "${3:-}" = api ]; then
  cat > /dev/null
  exit 0
fi
syncs=()
for c in deployment replicaset gc service-endpoint namespace; do syncs+=("--concurrent-$c-syncs=50"); done
start kube-controller-manager --kubeconfig admin.kubeconfig --leader-elect=false --service-account-private-key-file sa.key \
  --root-ca-file ca.crt --bind-address 127.0.0.1 --secure-port $((port + 3)) --kube-api-qps 5000 --kube-api-burst 5000 "${syncs[@]}"
cat > scheduler.yaml <<EOF
apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
leaderElection: {leaderElect: false}
clientConnection: {kubeconfig: $dir/admin.kubeconfig, qps: 5000, burst: 5000}
EOF
start kube-scheduler --config scheduler.yaml --bind-address 127.0.0.1 --secure-port $((port + 4))
start kwok --kubeconfig admin.kubeconfig --manage-all-nodes=false --manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake \
  --cidr 10.244.0.0/16 --node-ip 10.0.0.2 --node-lease-duration-seconds 40 --config "$bin/kwok-stages.yaml"
echo "${pids[@]}" > pids
touch ready
cat > /dev/null
