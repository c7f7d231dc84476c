variable "name" {
  type = string
}

variable "endpoint" {
  type = string
}

variable "username" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}

variable "key_server" {
  type = object({
    host = string
    port = number
  })
}

variable "folder" {
  description = "Has cluster.pem; the steps leave their results here."
  type        = string
}

variable "authority" {
  description = "Path of the signing authority's files, without .pem and .key."
  type        = string
}

locals {
  environment = {
    NAME     = var.name
    ENDPOINT = var.endpoint
    USERNAME = var.username
    PASSWORD = var.password
    FOLDER   = var.folder
  }
  authority = { AUTHORITY = var.authority }
}

resource "terraform_data" "key_pair" {
  triggers_replace = [var.endpoint]

  provisioner "local-exec" {
    command     = "bash ${path.module}/key-pair.sh"
    environment = local.environment
  }
}

resource "terraform_data" "certificate" {
  triggers_replace = [terraform_data.key_pair.id]

  provisioner "local-exec" {
    command     = "bash ${path.module}/certificate.sh"
    environment = merge(local.environment, local.authority)
  }
}

resource "terraform_data" "key_server" {
  triggers_replace = [terraform_data.certificate.id, var.key_server]

  provisioner "local-exec" {
    command     = "bash ${path.module}/key-server.sh"
    environment = merge(local.environment, local.authority, { HOST = var.key_server.host, PORT = var.key_server.port })
  }
}

resource "terraform_data" "key_provider" {
  triggers_replace = [var.endpoint]

  provisioner "local-exec" {
    command     = "bash ${path.module}/key-provider.sh"
    environment = local.environment
  }
}

resource "terraform_data" "attachment" {
  triggers_replace = [terraform_data.key_server.id, terraform_data.key_provider.id]

  provisioner "local-exec" {
    command     = "bash ${path.module}/attachment.sh"
    environment = local.environment
  }
}

resource "terraform_data" "master_key" {
  triggers_replace = [terraform_data.attachment.id]

  provisioner "local-exec" {
    command     = "bash ${path.module}/master-key.sh"
    environment = local.environment
  }
}
