terraform {
  required_version = "~> 1.4"
}

variable "clusters" {
  description = "By name. The folder clusters/<name> has the certificate, and what the steps leave for one another."
  type = map(object({
    endpoint = string
    username = string
  }))
}

variable "passwords" {
  description = "By the cluster's name, apart from the clusters because no sensitive value may be iterated over."
  type        = map(string)
  sensitive   = true
}

variable "key_server" {
  type = object({
    host = string
    port = number
  })
}

# A module for each cluster: what depends on a resource with for_each waits for all of its instances, and the slowest
# cluster would hold up every step of the others.
module "cluster" {
  source   = "./cluster"
  for_each = var.clusters

  name       = each.key
  endpoint   = each.value.endpoint
  username   = each.value.username
  password   = var.passwords[each.key]
  key_server = var.key_server
  folder     = abspath("${path.root}/clusters/${each.key}")
  authority  = abspath("${path.root}/authority")
}
