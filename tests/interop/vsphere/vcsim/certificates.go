package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"strconv"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// What a provider has of certificates.
type trust struct {
	// DER of the certificates that are accepted from servers.
	accepted [][]byte
	// In use.
	client *tls.Certificate
	// A key and what was made of it, waiting for its certificate.
	selfSigned *pair
	requested  *pair
}

type pair struct {
	key *rsa.PrivateKey
	pem string
}

// The methods about certificates, and a status that is found out by TLS and KMIP.
type cryptoManager struct {
	*simulator.CryptoManagerKmip
	trusts map[string]*trust
}

func addCertificates(registry *simulator.Registry) {
	registry.Put(&cryptoManager{registry.CryptoManager(), map[string]*trust{}})
}

func (m *cryptoManager) of(provider types.KeyProviderId) *trust {
	if m.trusts[provider.Id] == nil {
		m.trusts[provider.Id] = &trust{}
	}
	return m.trusts[provider.Id]
}

func invalid(property string) *soap.Fault {
	return simulator.Fault("", &types.InvalidArgument{InvalidProperty: property})
}

func (m *cryptoManager) RetrieveKmipServerCert(ctx *simulator.Context, req *types.RetrieveKmipServerCert) soap.HasFault {
	body := methods.RetrieveKmipServerCertBody{}
	peer, err := presented(req.Server)
	if err != nil {
		body.Fault_ = simulator.Fault(err.Error(), &types.RuntimeFault{})
		return &body
	}
	body.Res = &types.RetrieveKmipServerCertResponse{Returnval: types.CryptoManagerKmipServerCertInfo{
		Certificate:       encoded("CERTIFICATE", peer.Raw),
		CertInfo:          described(peer),
		ClientTrustServer: types.NewBool(m.of(req.KeyProvider).accepts(peer)),
	}}
	return &body
}

func (m *cryptoManager) UploadKmipServerCert(ctx *simulator.Context, req *types.UploadKmipServerCert) soap.HasFault {
	body := methods.UploadKmipServerCertBody{Res: &types.UploadKmipServerCertResponse{}}
	certificate, err := parsed(req.Certificate)
	if err != nil {
		return &methods.UploadKmipServerCertBody{Fault_: invalid("certificate")}
	}
	of := m.of(req.Cluster)
	of.accepted = append(of.accepted, certificate.Raw)
	return &body
}

func (m *cryptoManager) GenerateClientCsr(ctx *simulator.Context, req *types.GenerateClientCsr) soap.HasFault {
	key := newKey()
	template := &x509.CertificateRequest{Subject: pkix.Name{CommonName: "vcsim"}}
	if req.Request != nil {
		template.Subject = pkix.Name{CommonName: req.Request.CommonName, Organization: []string{req.Request.Organization}}
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, template, key)
	if err != nil {
		return &methods.GenerateClientCsrBody{Fault_: invalid("request")}
	}
	made := &pair{key, encoded("CERTIFICATE REQUEST", der)}
	m.of(req.Cluster).requested = made
	return &methods.GenerateClientCsrBody{Res: &types.GenerateClientCsrResponse{Returnval: made.pem}}
}

func (m *cryptoManager) RetrieveClientCsr(ctx *simulator.Context, req *types.RetrieveClientCsr) soap.HasFault {
	text := ""
	if made := m.of(req.Cluster).requested; made != nil {
		text = made.pem
	}
	return &methods.RetrieveClientCsrBody{Res: &types.RetrieveClientCsrResponse{Returnval: text}}
}

func (m *cryptoManager) UpdateKmsSignedCsrClientCert(
	ctx *simulator.Context, req *types.UpdateKmsSignedCsrClientCert) soap.HasFault {

	of := m.of(req.Cluster)
	if !of.use(of.requested, req.Certificate) {
		return &methods.UpdateKmsSignedCsrClientCertBody{Fault_: invalid("certificate")}
	}
	return &methods.UpdateKmsSignedCsrClientCertBody{Res: &types.UpdateKmsSignedCsrClientCertResponse{}}
}

func (m *cryptoManager) GenerateSelfSignedClientCert(
	ctx *simulator.Context, req *types.GenerateSelfSignedClientCert) soap.HasFault {

	key := newKey()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: "vcsim"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return &methods.GenerateSelfSignedClientCertBody{Fault_: invalid("request")}
	}
	made := &pair{key, encoded("CERTIFICATE", der)}
	m.of(req.Cluster).selfSigned = made
	return &methods.GenerateSelfSignedClientCertBody{
		Res: &types.GenerateSelfSignedClientCertResponse{Returnval: made.pem},
	}
}

func (m *cryptoManager) RetrieveSelfSignedClientCert(
	ctx *simulator.Context, req *types.RetrieveSelfSignedClientCert) soap.HasFault {

	text := ""
	if made := m.of(req.Cluster).selfSigned; made != nil {
		text = made.pem
	}
	return &methods.RetrieveSelfSignedClientCertBody{
		Res: &types.RetrieveSelfSignedClientCertResponse{Returnval: text},
	}
}

func (m *cryptoManager) UpdateSelfSignedClientCert(
	ctx *simulator.Context, req *types.UpdateSelfSignedClientCert) soap.HasFault {

	of := m.of(req.Cluster)
	if !of.use(of.selfSigned, req.Certificate) {
		return &methods.UpdateSelfSignedClientCertBody{Fault_: invalid("certificate")}
	}
	return &methods.UpdateSelfSignedClientCertBody{Res: &types.UpdateSelfSignedClientCertResponse{}}
}

func (m *cryptoManager) UploadClientCert(ctx *simulator.Context, req *types.UploadClientCert) soap.HasFault {
	client, err := tls.X509KeyPair([]byte(req.Certificate), []byte(req.PrivateKey))
	if err != nil {
		return &methods.UploadClientCertBody{Fault_: invalid("privateKey")}
	}
	m.of(req.Cluster).client = &client
	return &methods.UploadClientCertBody{Res: &types.UploadClientCertResponse{}}
}

func (m *cryptoManager) RetrieveClientCert(ctx *simulator.Context, req *types.RetrieveClientCert) soap.HasFault {
	text := ""
	if client := m.of(req.Cluster).client; client != nil {
		text = encoded("CERTIFICATE", client.Certificate[0])
	}
	return &methods.RetrieveClientCertBody{Res: &types.RetrieveClientCertResponse{Returnval: text}}
}

func (m *cryptoManager) RetrieveKmipServersStatusTask(
	ctx *simulator.Context, req *types.RetrieveKmipServersStatus_Task) soap.HasFault {

	asked := req.Clusters
	find := func(*simulator.Task) (types.AnyType, types.BaseMethodFault) {
		var found types.ArrayOfCryptoManagerKmipClusterStatus
		for _, cluster := range asked {
			found.CryptoManagerKmipClusterStatus = append(found.CryptoManagerKmipClusterStatus, m.statusOf(cluster))
		}
		return found, nil
	}
	task := simulator.CreateTask(m, "retrieveKmipServerStatus", find)
	return &methods.RetrieveKmipServersStatus_TaskBody{
		Res: &types.RetrieveKmipServersStatus_TaskResponse{Returnval: task.Run(ctx)},
	}
}

func (m *cryptoManager) statusOf(cluster types.KmipClusterInfo) types.CryptoManagerKmipClusterStatus {
	status := types.CryptoManagerKmipClusterStatus{
		ClusterId:      cluster.ClusterId,
		ManagementType: cluster.ManagementType,
		OverallStatus:  types.ManagedEntityStatusGreen,
	}
	of := m.of(cluster.ClusterId)
	for _, server := range cluster.Servers {
		found := types.CryptoManagerKmipServerStatus{Name: server.Name, Status: types.ManagedEntityStatusRed}
		peer, err := presented(server)
		if err == nil {
			found.CertInfo = described(peer)
			found.ClientTrustServer = types.NewBool(of.accepts(peer))
			err = of.discover(server)
			found.ServerTrustClient = types.NewBool(err == nil)
		}
		found.ConnectionStatus = fmt.Sprint("KMS ", err)
		if err == nil && *found.ClientTrustServer {
			found.Status, found.ConnectionStatus = types.ManagedEntityStatusGreen, "OK"
		} else {
			status.OverallStatus = types.ManagedEntityStatusRed
		}
		status.Servers = append(status.Servers, found)
	}
	return status
}

func (t *trust) accepts(peer *x509.Certificate) bool {
	for _, der := range t.accepted {
		if string(der) == string(peer.Raw) {
			return true
		}
	}
	return false
}

// Whether a certificate is for the key of a pair, which is in use then.
func (t *trust) use(made *pair, text string) bool {
	certificate, err := parsed(text)
	if err != nil || made == nil || !made.key.PublicKey.Equal(certificate.PublicKey) {
		return false
	}
	t.client = &tls.Certificate{Certificate: [][]byte{certificate.Raw}, PrivateKey: made.key}
	return true
}

const patience = 5 * time.Second

func addressOf(server types.KmipServerInfo) string {
	return net.JoinHostPort(server.Address, strconv.Itoa(int(server.Port)))
}

// The certificate that a server presents, whoever connects.
func presented(server types.KmipServerInfo) (*x509.Certificate, error) {
	dialer := &net.Dialer{Timeout: patience}
	connection, err := tls.DialWithDialer(dialer, "tcp", addressOf(server), &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	return connection.ConnectionState().PeerCertificates[0], nil
}

// Asks a server for its versions of KMIP, which it tells to whom it lets in.
func (t *trust) discover(server types.KmipServerInfo) error {
	config := &tls.Config{InsecureSkipVerify: true}
	if t.client != nil {
		config.Certificates = []tls.Certificate{*t.client}
	}
	connection, err := tls.DialWithDialer(&net.Dialer{Timeout: patience}, "tcp", addressOf(server), config)
	if err != nil {
		return err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(patience))
	if _, err := connection.Write(discoverVersions()); err != nil {
		return err
	}
	answer := make([]byte, 4096)
	length, err := connection.Read(answer)
	if err != nil {
		return err
	}
	if !bytes.Contains(answer[:length], number(0x7f, 5, 0)[:12]) {
		return fmt.Errorf("the client is not let in")
	}
	return nil
}

// A request message of KMIP 1.4, in TTLV.
func discoverVersions() []byte {
	version := structure(0x69, number(0x6a, 2, 1), number(0x6b, 2, 4))
	header := structure(0x77, version, number(0x0d, 2, 1))
	return structure(0x78, header, structure(0x0f, number(0x5c, 5, 0x1e), structure(0x79)))
}

func structure(tag byte, items ...[]byte) []byte {
	var content []byte
	for _, item := range items {
		content = append(content, item...)
	}
	length := len(content)
	return append([]byte{0x42, 0, tag, 1, 0, 0, byte(length >> 8), byte(length)}, content...)
}

func number(tag byte, kind byte, value byte) []byte {
	return []byte{0x42, 0, tag, kind, 0, 0, 0, 4, 0, 0, 0, value, 0, 0, 0, 0}
}

func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

func encoded(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}

func parsed(text string) (*x509.Certificate, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, fmt.Errorf("no PEM")
	}
	return x509.ParseCertificate(block.Bytes)
}

func described(certificate *x509.Certificate) *types.CryptoManagerKmipCertificateInfo {
	fingerprint := sha1.Sum(certificate.Raw)
	return &types.CryptoManagerKmipCertificateInfo{
		Subject:      certificate.Subject.String(),
		Issuer:       certificate.Issuer.String(),
		SerialNumber: certificate.SerialNumber.String(),
		NotBefore:    certificate.NotBefore,
		NotAfter:     certificate.NotAfter,
		Fingerprint:  hex.EncodeToString(fingerprint[:]),
		CheckTime:    time.Now(),
	}
}
