// Runs vcsim, the simulator of govmomi, as a vCenter of version 8.0.3, until its standard input ends. The first line on
// standard output is a JSON object that tells how it is reached.
package main

import (
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"flag"
	"io"
	"log"
	"net/url"
	"os"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/vpx"
	"github.com/vmware/govmomi/vim25/types"
)

const (
	username = "administrator@vsphere.local"
	password = "a password with <&> of vcsim"
	// The provider of the key that encrypts one of the machines, and one of the hosts.
	provider = "in-use"
	key      = "key-of-a-machine"
)

func main() {
	withCertificates := flag.Bool("certificates", false, "adds the methods about certificates, which vcsim does not have")
	flag.Parse()

	model := simulator.VPX()
	defer model.Remove()
	model.ServiceContent = vpx.ServiceContent
	model.ServiceContent.About.ApiVersion = "8.0.3.0"
	if err := model.Create(); err != nil {
		log.Fatal(err)
	}
	encryptOne(model)
	if *withCertificates {
		addCertificates(model.Map())
	}
	model.Service.TLS = new(tls.Config)
	model.Service.Listen = &url.URL{Host: "127.0.0.1:0", User: url.UserPassword(username, password)}
	server := model.Service.NewServer()
	defer server.Close()

	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	json.NewEncoder(os.Stdout).Encode(map[string]string{
		"endpoint":      "https://" + server.URL.Host,
		"username":      username,
		"password":      password,
		"caCertificate": string(certificate),
		"provider":      provider,
	})
	io.Copy(io.Discard, os.Stdin)
}

// Gives one machine and one host a key, as vCenter does when it encrypts them.
func encryptOne(model *simulator.Model) {
	id := &types.CryptoKeyId{KeyId: key, ProviderId: &types.KeyProviderId{Id: provider}}
	machine := model.Map().Any("VirtualMachine").(*simulator.VirtualMachine)
	machine.Config.KeyId = id
	host := model.Map().Any("HostSystem").(*simulator.HostSystem)
	host.Runtime.CryptoKeyId = id
}
