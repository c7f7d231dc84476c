// Walks a vCenter's standard key providers, from the login to the unregistered provider: with the commands of govc where it
// has one, and with govmomi, of which govc is made, where it has none.
//
// With arguments this is govc itself.
package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"log"
	"math/big"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/cli"
	_ "github.com/vmware/govmomi/cli/about"
	_ "github.com/vmware/govmomi/cli/kms"
	"github.com/vmware/govmomi/crypto"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

const provider = "standard"

type told struct {
	Endpoint     string
	Username     string
	Password     string
	InstanceUuid string
	Authorities  string
	Port         int32
	Authority    struct{ Certificate, PrivateKey string }
}

type seen map[string]any

func main() {
	if len(os.Args) > 1 {
		os.Exit(cli.Run(os.Args[1:]))
	}
	var where told
	check(json.NewDecoder(os.Stdin).Decode(&where))
	check(json.NewEncoder(os.Stdout).Encode(walk(context.Background(), where)))
}

func walk(ctx context.Context, where told) seen {
	saw := seen{}
	_, err := where.govc("wrong", "about")
	saw["wrongPassword"] = err
	about, err := where.govc(where.Password, "about", "-json")
	saw["identity"] = err == "" && strings.Contains(about, where.InstanceUuid)
	govc := func(arguments ...string) string {
		out, err := where.govc(where.Password, arguments...)
		if err != "" {
			log.Fatalf("govc %v: %s", arguments, err)
		}
		return out
	}
	port := strconv.Itoa(int(where.Port))
	govc("kms.add", "-n", "kms", "-a", "127.0.0.1", "-p", port, provider)
	_, saw["addedAgain"] = where.govc(where.Password, "kms.add", "-n", "kms", "-a", "127.0.0.1", provider)

	client := where.login(ctx)
	manager, failure := crypto.GetManagerKmip(client.Client)
	check(failure)
	cluster := types.KeyProviderId{Id: provider}
	this := manager.Reference()
	server := types.KmipServerInfo{Name: "kms", Address: "127.0.0.1", Port: where.Port}
	certificate, failure := methods.RetrieveKmipServerCert(ctx, client, &types.RetrieveKmipServerCert{This: this, KeyProvider: cluster, Server: server})
	check(failure)
	saw["presented"] = []any{*certificate.Returnval.ClientTrustServer, certificate.Returnval.CertInfo.Subject}
	saw["untrusted"] = settled(ctx, manager, types.ManagedEntityStatusRed)
	govc("kms.trust", "-server-cert", certificate.Returnval.Certificate, provider)

	request := func() string {
		answer, failure := methods.GenerateClientCsr(ctx, client, &types.GenerateClientCsr{This: this, Cluster: cluster})
		check(failure)
		return answer.Returnval
	}
	use := func(csr string) error {
		_, failure := methods.UpdateKmsSignedCsrClientCert(ctx, client, &types.UpdateKmsSignedCsrClientCert{
			This: this, Cluster: cluster, Certificate: where.sign(publicKeyOf(csr)),
		})
		return failure
	}
	lost, last := request(), request()
	saw["lostRequest"] = faultOf(use(lost))
	check(use(last))
	saw["signed"] = settled(ctx, manager, types.ManagedEntityStatusGreen)

	key, failure := rsa.GenerateKey(rand.Reader, 2048)
	check(failure)
	private, failure := x509.MarshalPKCS8PrivateKey(key)
	check(failure)
	govc("kms.trust", "-client-cert", where.sign(&key.PublicKey), "-client-key", pemOf("PRIVATE KEY", private), provider)
	saw["uploaded"] = settled(ctx, manager, types.ManagedEntityStatusGreen)
	saw["status"] = strings.Fields(govc("kms.ls", provider))[2]

	govc("kms.default", provider)
	check(manager.MarkDefault(ctx, provider))
	saw["listed"] = strings.Fields(govc("kms.ls"))
	standard, failure := manager.GetDefaultKmsClusterID(ctx, nil, false)
	check(failure)
	saw["default"] = standard
	keys, failure := manager.ListKeys(ctx, nil)
	check(failure)
	statuses, failure := manager.QueryCryptoKeyStatus(ctx, keys, crypto.CheckKeyAvailable|crypto.CheckKeyUsedByVms|crypto.CheckKeyUsedByHosts)
	check(failure)
	for _, status := range statuses {
		saw["keys"] = append(list(saw["keys"]), []int{len(status.EncryptedVMs), len(status.AffectedHosts)})
	}
	saw["machines"] = machines(ctx, client)

	check(manager.RegisterKmipServer(ctx, types.KmipServerSpec{ClusterId: cluster, Info: types.KmipServerInfo{Name: "down", Address: "127.0.0.1", Port: 1}}))
	saw["mixed"] = settled(ctx, manager, types.ManagedEntityStatusYellow)
	govc("kms.rm", "-s", "down", provider)
	govc("kms.rm", provider)
	_, saw["removedAgain"] = where.govc(where.Password, "kms.rm", provider)
	check(client.Logout(ctx))
	_, failure = manager.ListKmipServers(ctx, nil)
	saw["loggedOut"] = faultOf(failure)
	return saw
}

// Runs one command of govc; gives its output, or its complaint.
func (where told) govc(password string, arguments ...string) (string, string) {
	command := exec.Command(os.Args[0], arguments...)
	command.Env = append(os.Environ(), "GOVC_URL="+where.Endpoint, "GOVC_USERNAME="+where.Username, "GOVC_PASSWORD="+password,
		"GOVC_TLS_CA_CERTS="+where.Authorities, "GOVC_PERSIST_SESSION=false")
	out, failure := command.Output()
	if exit, isExit := failure.(*exec.ExitError); isExit {
		_, complaint, _ := strings.Cut(strings.TrimSpace(string(exit.Stderr)), ": ")
		return "", complaint
	}
	check(failure)
	return string(out), ""
}

func (where told) login(ctx context.Context) *govmomi.Client {
	address, failure := soap.ParseURL(where.Endpoint)
	check(failure)
	address.User = url.UserPassword(where.Username, where.Password)
	transport := soap.NewClient(address, false)
	check(transport.SetRootCAs(where.Authorities))
	api, failure := vim25.NewClient(ctx, transport)
	check(failure)
	client := &govmomi.Client{Client: api, SessionManager: session.NewManager(api)}
	check(client.Login(ctx, address.User))
	return client
}

// Which side trusts the other, of each server, once the status is known to be this.
func settled(ctx context.Context, manager *crypto.ManagerKmip, colour types.ManagedEntityStatus) [][]bool {
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		status, failure := manager.GetClusterStatus(ctx, provider)
		check(failure)
		if status.OverallStatus != colour {
			continue
		}
		var trusts [][]bool
		for _, server := range status.Servers {
			trusts = append(trusts, []bool{*server.ClientTrustServer, *server.ServerTrustClient})
		}
		return trusts
	}
	log.Fatalf("the status is never %s", colour)
	return nil
}

// Names of the machines that are encrypted, as a view and the property collector tell.
func machines(ctx context.Context, client *govmomi.Client) []string {
	all, failure := view.NewManager(client.Client).CreateContainerView(ctx, client.ServiceContent.RootFolder, []string{"VirtualMachine"}, true)
	check(failure)
	var found []mo.VirtualMachine
	check(all.Retrieve(ctx, []string{"VirtualMachine"}, []string{"name", "config.keyId"}, &found))
	check(all.Destroy(ctx))
	var encrypted []string
	for _, machine := range found {
		var alone mo.VirtualMachine
		check(property.DefaultCollector(client.Client).RetrieveOne(ctx, machine.Self, []string{"name", "config"}, &alone))
		if machine.Config != nil && machine.Config.KeyId != nil && alone.Config.KeyId.KeyId == machine.Config.KeyId.KeyId {
			encrypted = append(encrypted, alone.Name)
		}
	}
	return encrypted
}

func (where told) sign(public any) string {
	issuer, failure := x509.ParseCertificate(decoded(where.Authority.Certificate))
	check(failure)
	key, failure := x509.ParsePKCS8PrivateKey(decoded(where.Authority.PrivateKey))
	check(failure)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(90 * 24 * time.Hour),
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	signed, failure := x509.CreateCertificate(rand.Reader, template, issuer, public, key)
	check(failure)
	return pemOf("CERTIFICATE", signed)
}

func publicKeyOf(csr string) any {
	request, failure := x509.ParseCertificateRequest(decoded(csr))
	check(failure)
	check(request.CheckSignature())
	return request.PublicKey
}

func decoded(text string) []byte {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		log.Fatalf("no PEM: %s", text)
	}
	return block.Bytes
}

func pemOf(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func faultOf(failure error) string {
	if failure == nil {
		log.Fatal("the call was not refused")
	}
	if soap.IsSoapFault(failure) {
		return strings.TrimPrefix(fmt.Sprintf("%T", soap.ToSoapFault(failure).VimFault()), "types.")
	}
	return errors.Unwrap(failure).Error()
}

func list(value any) []any {
	if value == nil {
		return nil
	}
	return value.([]any)
}

func check(failure error) {
	if failure != nil {
		log.Fatal(failure)
	}
}
