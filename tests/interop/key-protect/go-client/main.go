// Walks a region with IBM's Go client and prints what it saw as JSON: the Go twin of drive_keyprotect.py beside it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"

	kp "github.com/IBM/keyprotect-go-client"
)

type told struct {
	Endpoint, IamEndpoint, APIKey, Instance, OtherInstance, Certificate string
}

type seen map[string]any

var ctx = context.Background()

// must ends the walk where an answer is not what the client can use.
func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// refused gives status and reason code of the error that a call has ended in.
func refused(err error) []any {
	var refusal *kp.Error
	if !errors.As(err, &refusal) {
		log.Fatalf("the call was not refused: %v", err)
	}
	for _, reason := range refusal.Reasons {
		return []any{refusal.StatusCode, reason.Code}
	}
	return []any{refusal.StatusCode, nil}
}

func second[T any](_ T, err error) error { return err }

func connect(given told, instance, apiKey string) *kp.Client {
	return must(kp.New(kp.ClientConfig{
		BaseURL:    given.Endpoint,
		TokenURL:   given.IamEndpoint + "/identity/token",
		APIKey:     apiKey,
		InstanceID: instance,
	}, nil))
}

func walk(given told) seen {
	saw := seen{}
	client := connect(given, given.Instance, given.APIKey)
	saw["badApiKey"] = fmt.Sprint(second(connect(given, given.Instance, "wrong").GetKeys(ctx, 0, 0)))
	saw["otherInstance"] = refused(second(connect(given, "unknown", given.APIKey).GetKeys(ctx, 0, 0)))

	saw["badKey"] = refused(second(client.CreateRootKey(ctx, "x", nil)))
	key := must(client.CreateKeyWithAliases(ctx, "crk", nil, false, []string{"crk"}))
	saw["key"] = []any{key.State, key.Extractable, key.KeyRingID}
	same := []any{}
	for _, each := range must(client.GetKeys(ctx, 0, 0)).Keys {
		same = append(same, each.ID == key.ID)
	}
	saw["keys"] = same
	saw["isolated"] = must(connect(given, given.OtherInstance, given.APIKey).GetKeys(ctx, 0, 0)).Keys

	walkAdapter(client, given, key.ID, saw)

	// Both rotations send what is no object: `{}` and `null`.
	check(client.Rotate(ctx, "crk", ""))
	saw["rotated"] = must(client.GetKeyMetadata(ctx, "crk")).KeyVersion.ID != key.KeyVersion.ID
	saw["rotatedAgain"] = refused(client.RotateV2(ctx, "crk", nil))
	saw["rootKeyInUse"] = refused(second(client.DeleteKey(ctx, key.ID, kp.ReturnMinimal)))
	check(client.DeleteKMIPClientCertificate(ctx, "storage", "client"))
	saw["certificateGone"] = refused(second(client.GetKMIPClientCertificate(ctx, "storage", "client")))
	check(client.DeleteKMIPAdapter(ctx, "storage"))
	saw["adapterGone"] = refused(second(client.GetKMIPAdapter(ctx, "storage")))
	check(client.DisableKey(ctx, key.ID))
	saw["suspended"] = must(client.GetKey(ctx, key.ID)).State
	deleted := must(client.DeleteKey(ctx, key.ID, kp.ReturnRepresentation))
	saw["deleted"] = []any{deleted.State, *deleted.Deleted}
	saw["deletedKey"] = refused(second(client.DeleteKey(ctx, key.ID, kp.ReturnMinimal)))
	return saw
}

func walkAdapter(client *kp.Client, given told, keyID string, saw seen) {
	create := func(keyID string) (*kp.KMIPAdapter, error) {
		return client.CreateKMIPAdapter(ctx, kp.WithNativeProfile(keyID), kp.WithKMIPAdapterName("storage"))
	}
	total := true
	saw["unknownRootKey"] = refused(second(create("unknown")))
	adapter := must(create(keyID))
	saw["adapter"] = []any{adapter.Name, adapter.Description, adapter.ProfileData["crk_id"] == keyID}
	duplicate := second(create(keyID))
	saw["duplicateAdapter"] = refused(duplicate)
	saw["duplicateText"] = duplicate.Error()
	saw["adapterByName"] = must(client.GetKMIPAdapter(ctx, "storage")).ID == adapter.ID
	listed := must(client.GetKMIPAdapters(ctx, &kp.ListKmipAdaptersOptions{TotalCount: &total, CrkID: &keyID})).Metadata
	saw["adapters"] = []any{listed.CollectionTotal, listed.TotalCount}

	add := func(certificate, name string) (*kp.KMIPClientCertificate, error) {
		return client.CreateKMIPClientCertificate(ctx, "storage", certificate, kp.WithKMIPClientCertName(name))
	}
	saw["badCertificate"] = refused(second(add("no PEM", "bad")))
	certificate := must(add(given.Certificate, "client"))
	saw["certificate"] = []any{certificate.Name, certificate.Certificate == given.Certificate}
	saw["duplicateCertificate"] = refused(second(add(given.Certificate, "other")))
	certificates := []any{}
	for _, each := range must(client.GetKMIPClientCertificates(ctx, adapter.ID, nil)).Certificates {
		certificates = append(certificates, []any{each.Name, each.Certificate != ""})
	}
	saw["certificates"] = certificates
	found := must(client.GetKMIPClientCertificate(ctx, adapter.ID, "client"))
	saw["certificateByName"] = found.ID == certificate.ID && found.Certificate == certificate.Certificate

	objects := func(states ...int32) []kp.KMIPObject {
		options := &kp.ListKmipObjectsOptions{TotalCount: &total}
		if len(states) > 0 {
			options.ObjectStateFilter = &states
		}
		return must(client.GetKMIPObjects(ctx, adapter.ID, options)).Objects
	}
	made := []any{}
	for _, each := range objects() {
		made = append(made, []any{each.ObjectState, each.CreatedByCertID == certificate.ID})
	}
	saw["objects"] = made
	filtered := []any{}
	for _, each := range objects(3, 4) {
		filtered = append(filtered, each.ObjectState)
	}
	saw["filtered"] = filtered
	active, deactivated := objects(2)[0], objects(3)[0]
	saw["adapterInUse"] = refused(client.DeleteKMIPAdapter(ctx, "storage"))
	saw["activeObject"] = refused(client.DeleteKMIPObject(ctx, adapter.ID, active.ID))
	check(client.DeleteKMIPObject(ctx, adapter.ID, active.ID, kp.WithForce(true)))
	saw["destroyed"] = must(client.GetKMIPObject(ctx, adapter.ID, active.ID)).ObjectState
	saw["destroyedObject"] = refused(client.DeleteKMIPObject(ctx, adapter.ID, active.ID, kp.WithForce(true)))
	check(client.DeleteKMIPObject(ctx, adapter.ID, deactivated.ID))
	saw["left"] = objects()
}

func main() {
	var given told
	check(json.NewDecoder(os.Stdin).Decode(&given))
	check(json.NewEncoder(os.Stdout).Encode(walk(given)))
}
